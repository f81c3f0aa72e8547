using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Faults and warnings of a package as they are found. A file repeats its manner in each item, so that a warning is told once, with how often.</summary>
internal sealed class CaseFindings
{
    private readonly FaultList _faults = new();
    private readonly Dictionary<(string Code, string Member), CaseWarning> _warnings = [];

    public IReadOnlyList<Fault> Faults => _faults.Faults;

    public IReadOnlyList<CaseWarning> Warnings => [.. _warnings.Values];

    public void Fault(string pointer, string code, string detail) => _faults.Add(pointer, "case." + code, detail);

    /// <param name="pointer">The place.</param>
    /// <param name="member">What of it: warnings of the same code and member count as one.</param>
    /// <param name="code">Kind of warning.</param>
    /// <param name="detail">What was found and what was made of it.</param>
    public void Warn(string pointer, string member, string code, string detail)
    {
        if (_warnings.TryGetValue((code, member), out var known))
            _warnings[(code, member)] = known with { Count = known.Count + 1 };
        else if (_warnings.Count < CaseLimits.Warnings)
            _warnings[(code, member)] = new("case." + code, pointer, detail, 1);
    }
}
