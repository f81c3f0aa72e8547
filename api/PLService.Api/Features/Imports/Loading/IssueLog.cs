using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Everything that was wrong with a file: all of it counted, and as much as anybody could read kept one by one.</summary>
internal sealed class IssueLog
{
    /// <summary>Issues that are kept one by one; beyond it they are only counted.</summary>
    public const int MaxKept = 100_000;

    private readonly Dictionary<(ImportSeverity Severity, string Code, string? Column), (long Count, ImportIssue First)> _groups = [];
    private readonly List<ImportIssue> _kept = [];

    /// <summary>The issues that are kept, in the order in which they were found.</summary>
    public IReadOnlyList<ImportIssue> Kept => _kept;

    public bool IsComplete { get; private set; } = true;

    public bool HasErrors { get; private set; }

    /// <summary>Values far from what one would expect: they need to be accepted.</summary>
    public bool HasAtypical => _groups.Keys.Any(group => group.Code.StartsWith(ImportLoadCodes.AtypicalPrefix, StringComparison.Ordinal));

    public void Add(ImportIssue issue)
    {
        HasErrors |= issue.Severity is ImportSeverity.Error;
        var group = (issue.Severity, issue.Code, issue.Column);
        _groups[group] = _groups.TryGetValue(group, out var known) ? (known.Count + 1, known.First) : (1, issue);
        if (_kept.Count < MaxKept)
            _kept.Add(issue);
        else
            IsComplete = false;
    }

    public void AddRange(IEnumerable<ImportIssue> issues)
    {
        foreach (var issue in issues)
            Add(issue);
    }

    public IReadOnlyList<ImportReceipt.IssueGroup> Groups() =>
    [
        .. _groups
            .OrderBy(g => g.Key.Severity is ImportSeverity.Warning).ThenByDescending(g => g.Value.Count).ThenBy(g => g.Value.First.Line)
            .Take(200)
            .Select(g => new ImportReceipt.IssueGroup(
                g.Key.Severity is ImportSeverity.Error ? "error" : "warning", g.Key.Code, g.Key.Column, g.Value.Count, g.Value.First.Line, g.Value.First.Detail)),
    ];
}
