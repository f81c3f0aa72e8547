using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Turns records into roles of people.</summary>
internal sealed class MembershipRows(RecordSource source, ImportReadOptions options) : IRows<MembershipBatch>
{
    /// <summary>What stands for the whole tenant where an organization's id would: nobody gets a role everywhere because a cell was forgotten.</summary>
    public const string WholeTenant = "*";

    /// <summary>What takes a day away.</summary>
    public const string NoDay = "none";

    private const int MostRows = 1_000;

    private readonly List<RecordFault> _faults = [];
    private MembershipBatch _batch = new();

    public bool IsEmpty => _batch.RecordsRead == 0;

    public bool IsFull => _batch.Rows.Count >= MostRows || _batch.Issues.Count >= MostRows;

    public MembershipBatch Complete()
    {
        var batch = _batch;
        batch.BytesRead = source.BytesRead;
        _batch = new();
        return batch;
    }

    public void Take()
    {
        if (source.Record > ImportLimits.Memberships)
            throw new ImportFileException(ImportCodes.TooManyValues, $"The file has more than {ImportLimits.Memberships:N0} rows. Split it.", source.Line, source.Record);
        _batch.RecordsRead++;
        _faults.Clear();
        if (source.Fault is { } fault)
            _faults.Add(fault);
        else if (Read() is { } row)
            _batch.Rows.Add(row);
        foreach (var wrong in _faults)
            _batch.Issues.Add(new(ImportSeverity.Error, wrong.Code, wrong.Detail, source.Line, source.Record, wrong.Column, wrong.Value));
        if (_faults.Count > 0)
            _batch.RecordsRejected++;
    }

    private MembershipRow? Read()
    {
        var row = new MembershipRow(
            source.Record,
            source.Line,
            PersonNaming.IdOf(source, _faults),
            PersonNaming.EmailOf(source, _faults),
            RoleOf() ?? default,
            OrganizationOf(),
            Day(Field.StartsOn),
            Day(Field.EndsOn));
        PersonNaming.RequireOne(row, source, _faults);
        return _faults.Count == 0 ? row : null;
    }

    private Role? RoleOf()
    {
        if (ScopeTable.Text(source, Field.MembershipRole) is not { } text)
        {
            _faults.Add(new(ImportCodes.MissingValue, "The row does not say which role. Fill it in.", source.Columns.NameOf(Field.MembershipRole)));
            return null;
        }

        var squeezed = KnownColumns.Squeeze(text);
        foreach (var role in Enum.GetValues<Role>())
        {
            if (KnownColumns.Squeeze(role.ToString()) == squeezed)
                return role;
        }

        var known = string.Join(", ", Enum.GetValues<Role>().Select(role => Persistence.EnumText.Of(role)));
        _faults.Add(new(ImportLoadCodes.UnknownRole, $"This is none of {known}.", source.Columns.NameOf(Field.MembershipRole), ImportIssue.Cut(text)));
        return null;
    }

    private OrganizationReference? OrganizationOf()
    {
        if (ScopeTable.Text(source, Field.Organization) is WholeTenant)
            return null;
        var named = ScopeTable.OrganizationOf(source, options, _faults) ?? options.Defaults.Organization;
        if (named is null && _faults.Count == 0)
        {
            _faults.Add(new(
                ImportCodes.MissingValue, $"The row does not say where the role holds. Fill in the organization's id, or {WholeTenant} for the whole tenant.",
                source.Columns.NameOf(Field.Organization)));
        }

        return named;
    }

    private ToldDay Day(Field field) => string.Equals(ScopeTable.Text(source, field), NoDay, StringComparison.OrdinalIgnoreCase)
        ? new(true, null)
        : ScopeTable.Date(source, field, _faults) is { } day ? new(true, day) : default;
}
