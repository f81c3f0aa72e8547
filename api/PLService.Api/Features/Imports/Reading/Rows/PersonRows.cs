using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Turns records into people.</summary>
internal sealed class PersonRows(RecordSource source, ImportReadOptions options) : IRows<PersonBatch>
{
    private const int MostRows = 1_000;

    private readonly Dictionary<PersonReference, long> _people = [];
    private readonly Dictionary<string, long> _emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RecordFault> _faults = [];
    private PersonBatch _batch = new();

    public bool IsEmpty => _batch.RecordsRead == 0;

    public bool IsFull => _batch.Rows.Count >= MostRows || _batch.Issues.Count >= MostRows;

    public PersonBatch Complete()
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
        if (source.Fault is { } fault)
            _faults.Add(fault);
        else if (Read() is var row && _faults.Count == 0 && IsFirst(row))
            _batch.Rows.Add(row);
        foreach (var wrong in _faults)
            _batch.Issues.Add(new(ImportSeverity.Error, wrong.Code, wrong.Detail, source.Line, source.Record, wrong.Column, wrong.Value));
        if (_faults.Count > 0)
            _batch.RecordsRejected++;
    }

    private PersonRow Read()
    {
        var row = new PersonRow(
            source.Record,
            source.Line,
            PersonNaming.IdOf(source, _faults),
            PersonNaming.EmailOf(source, _faults),
            Name(),
            ScopeTable.OrganizationOf(source, options, _faults) ?? options.Defaults.Organization,
            Short(Field.Position, Domain.People.Person.PositionMaxLength),
            Word<EmployeeGroup>(Field.EmployeeGroup, "import.unknown_employee_group"),
            Checked(Field.Language, LanguageTag.IsValid, "person.bad_language", "This is not a language tag such as en, es or zh-Hant."),
            Checked(Field.TimeZone, zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "person.unknown_time_zone", "This is not an IANA time zone such as America/Los_Angeles."),
            Status())
        {
            Places = Places(),
        };
        PersonNaming.RequireOne(row, source, _faults);
        return row;
    }

    private OrganizationReference[] Places() => ScopeTable.Text(source, Field.Places) is { } text
        ? [.. text.Split(Rosters.RosterColumns.PlaceSeparator).Select(value => new OrganizationReference(ScopeTable.Text(source, Field.OrganizationIdSystem), value, null))]
        : [];

    private string? Name()
    {
        var whole = Short(Field.Name, Domain.People.Person.NameMaxLength);
        if (whole is not null)
            return whole;
        var parts = string.Join(' ', new[] { ScopeTable.Text(source, Field.GivenName), ScopeTable.Text(source, Field.FamilyName) }.OfType<string>());
        return parts.Length == 0 ? null : Limited(parts, source.Columns[Field.FamilyName] >= 0 ? Field.FamilyName : Field.GivenName, Domain.People.Person.NameMaxLength);
    }

    private PersonStatus? Status()
    {
        switch (ScopeTable.Text(source, Field.Status)?.ToLowerInvariant())
        {
            case null:
                return null;
            case "active":
                return PersonStatus.Active;
            case "inactive" or "deactivated":
                return PersonStatus.Deactivated;
            case var other:
                _faults.Add(new("import.unknown_status", "A status is active or inactive.", source.Columns.NameOf(Field.Status), ImportIssue.Cut(other)));
                return null;
        }
    }

    private T? Word<T>(Field field, string code) where T : struct, Enum
    {
        if (ScopeTable.Text(source, field) is not { } text)
            return null;
        var squeezed = KnownColumns.Squeeze(text);
        foreach (var value in Enum.GetValues<T>())
        {
            if (KnownColumns.Squeeze(value.ToString()) == squeezed)
                return value;
        }

        _faults.Add(new(code, $"This is none of {string.Join(", ", Enum.GetNames<T>())}.", source.Columns.NameOf(field), ImportIssue.Cut(text)));
        return null;
    }

    private string? Checked(Field field, Func<string, bool> isRight, string code, string detail)
    {
        var text = ScopeTable.Text(source, field);
        if (text is not null && !isRight(text))
            _faults.Add(new(code, detail, source.Columns.NameOf(field), ImportIssue.Cut(text)));
        return text;
    }

    private string? Short(Field field, int most) => ScopeTable.Text(source, field) is { } text ? Limited(text, field, most) : null;

    private string Limited(string text, Field field, int most)
    {
        if (text.Length > most)
            _faults.Add(new(ImportCodes.CellTooLong, $"At most {most} characters fit here.", source.Columns.NameOf(field), ImportIssue.Cut(text)));
        return text;
    }

    private bool IsFirst(PersonRow row)
    {
        if (_people.Count >= ImportLimits.People || _emails.Count >= ImportLimits.People)
            throw new ImportFileException(ImportCodes.TooManyValues, $"The file names more than {ImportLimits.People:N0} people. Split it.", source.Line, source.Record);
        if (row.Person is { } person && !_people.TryAdd(person, row.Line))
            _faults.Add(new(ImportLoadCodes.DuplicatePerson, $"Line {_people[person]} is about the same person. Keep one of them.", source.Columns.NameOf(Field.Person), ImportIssue.Cut(person.ToString())));
        else if (row.Email is { } email && !_emails.TryAdd(email, row.Line))
            _faults.Add(new(row.Person is null ? ImportLoadCodes.DuplicatePerson : ImportLoadCodes.DuplicateEmail, $"Line {_emails[email]} has the same e-mail address. Keep one of them.", source.Columns.NameOf(Field.Email), ImportIssue.Cut(email)));
        return _faults.Count == 0;
    }
}
