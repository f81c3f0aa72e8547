using System.Text;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Turns records into organizations.</summary>
internal sealed class OrganizationRows(RecordSource source, ImportReadOptions options) : IRows<OrganizationBatch>
{
    private const int MostRows = 1_000;

    private readonly Utf8Interner _seen = new(ImportLimits.Organizations);
    private readonly List<(int Hash, int Line)> _said = [];
    private readonly List<RecordFault> _faults = [];
    private OrganizationBatch _batch = new();

    public bool IsEmpty => _batch.RecordsRead == 0;

    public bool IsFull => _batch.Rows.Count >= MostRows || _batch.Issues.Count >= MostRows;

    public OrganizationBatch Complete()
    {
        var batch = _batch;
        batch.BytesRead = source.BytesRead;
        _batch = new();
        return batch;
    }

    public void Take()
    {
        _batch.RecordsRead++;
        _faults.Clear();
        var row = source.Fault is { } fault ? null : Read();
        if (source.Fault is not null)
            _faults.Add(source.Fault);
        if (row is not null && _faults.Count == 0 && !IsRepeated(row))
            _batch.Rows.Add(row);
        foreach (var wrong in _faults)
            Tell(ImportSeverity.Error, wrong);
        if (_faults.Count > 0)
            _batch.RecordsRejected++;
    }

    private OrganizationRow? Read()
    {
        var organization = ScopeTable.OrganizationOf(source, options, _faults);
        if (organization is null && _faults.Count == 0)
            _faults.Add(new(ImportCodes.MissingValue, "The row has no organization id. Fill it in.",
                source.Columns.NameOf(Field.Organization)));
        var row = new OrganizationRow(
            source.Record,
            source.Line,
            organization!,
            ScopeTable.Text(source, Field.Name),
            ScopeTable.Text(source, Field.OrganizationKind)?.ToLowerInvariant(),
            ScopeTable.Reference(source, Field.Parent, Field.ParentIdSystem, organization?.System, _faults),
            Zone(),
            ScopeTable.Date(source, Field.OpenedOn, _faults),
            ScopeTable.Date(source, Field.ClosedOn, _faults),
            ScopeTable.Reference(source, Field.Successor, Field.SuccessorIdSystem, organization?.System, _faults))
        {
            NcesId = ScopeTable.Text(source, Field.NcesId),
        };
        return _faults.Count == 0 ? row : null;
    }

    private string? Zone()
    {
        var zone = ScopeTable.Text(source, Field.TimeZone);
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            _faults.Add(new(ImportCodes.BadId, "This is not the name of a time zone. Write one of the IANA names, such as "
                + "America/Los_Angeles.", source.Columns.NameOf(Field.TimeZone), ImportIssue.Cut(zone)));
        return zone;
    }

    private bool IsRepeated(OrganizationRow row)
    {
        var hash = (row with { Record = 0, Line = 0 }).GetHashCode();
        var id = _seen.Add(Encoding.UTF8.GetBytes(row.Organization.ToString()));
        if (id < 0)
            throw new ImportFileException(ImportCodes.TooManyValues,
                $"The file names more than {ImportLimits.Organizations:N0} organizations. Split it.", source.Line, source.Record);
        if (id == _said.Count)
        {
            _said.Add((hash, (int)row.Line));
            return false;
        }

        if (_said[id].Hash == hash)
        {
            _batch.RecordsRepeated++;
            Tell(ImportSeverity.Warning, new(ImportCodes.DuplicateRow, $"The row repeats line {_said[id].Line}. It was counted once."));
        }
        else
        {
            _faults.Add(new(
                ImportCodes.ConflictingRow, $"The row says something else than line {_said[id].Line} about the same organization. Keep "
                    + "the right one of them.",
                source.Columns.NameOf(Field.Organization), ImportIssue.Cut(row.Organization.ToString())));
        }

        return true;
    }

    private void Tell(ImportSeverity severity, RecordFault fault) =>
        _batch.Issues.Add(new(severity, fault.Code, fault.Detail, source.Line, source.Record, fault.Column, fault.Value));
}
