using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>What is wrong with a row.</summary>
internal sealed record PlanFault(string Code, string Detail, Field Column, string? Value = null);

/// <summary>Rows of plans that cannot be taken, each counted once.</summary>
internal sealed class PlanFaults(IssueLog issues, Func<Field, string> nameOf)
{
    private readonly HashSet<long> _rejected = [];

    /// <summary>How many rows were rejected.</summary>
    public int Rejected => _rejected.Count;

    public bool IsTaken(PlanRow row) => !_rejected.Contains(row.Record);

    public void Reject(PlanRow row, PlanFault fault)
    {
        _rejected.Add(row.Record);
        issues.Add(new(ImportSeverity.Error, fault.Code, fault.Detail, row.Line, row.Record, nameOf(fault.Column), fault.Value is null ? null : ImportIssue.Cut(fault.Value)));
    }

    public void Reject(IEnumerable<PlanRow> rows, PlanFault fault)
    {
        foreach (var row in rows)
            Reject(row, fault);
    }
}
