using System.Buffers.Text;
using System.Text;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>The different assessments of a file. A row whose naming cells equal the row before costs one comparison.</summary>
internal sealed class ScopeTable(ImportReadOptions options)
{
    private readonly Utf8Interner _keys = new(ImportLimits.Scopes);
    private readonly Dictionary<int, List<RecordFault>> _faults = [];
    private AssessmentScope[] _scopes = new AssessmentScope[16];
    private byte[] _last = new byte[256];
    private byte[] _key = new byte[256];
    private int _lastLength = -1;
    private int _lastId;

    /// <summary>The scopes by number. What was handed out stays as it is while more are added.</summary>
    public ReadOnlyMemory<AssessmentScope> Scopes => _scopes.AsMemory(0, _keys.Count);

    /// <summary>What is wrong with the naming cells of a scope; null when nothing is.</summary>
    public List<RecordFault>? FaultsOf(int scope) => _faults.Count == 0 ? null : _faults.GetValueOrDefault(scope);

    public int Of(RecordSource source)
    {
        var length = WriteKey(source);
        if (length == _lastLength && _key.AsSpan(0, length).SequenceEqual(_last.AsSpan(0, length)))
            return _lastId;

        var known = _keys.Count;
        var id = _keys.Add(_key.AsSpan(0, length));
        if (id < 0)
            throw new ImportFileException(ImportCodes.TooManyValues,
                $"The file names more than {ImportLimits.Scopes:N0} different assessments. Split it.", source.Line, source.Record);
        if (id == known)
        {
            if (id == _scopes.Length)
                Array.Resize(ref _scopes, id * 2);
            _scopes[id] = Read(source, id);
        }

        (_key, _last) = (_last, _key);
        (_lastLength, _lastId) = (length, id);
        return id;
    }

    // Column, length and bytes of each filled cell: no two different rows make the same key.
    private int WriteKey(RecordSource source)
    {
        var at = 0;
        foreach (var column in source.Columns.Scope)
        {
            var cell = source.Cell(column.Index);
            if (cell.IsEmpty)
                continue;
            if (at + cell.Length + 4 > _key.Length)
            {
                Array.Resize(ref _key, (at + cell.Length + 4) * 2);
                Array.Resize(ref _last, _key.Length);
            }

            (_key[at], _key[at + 1], _key[at + 2], _key[at + 3]) = ((byte)column.Index, (byte)(column.Index >> 8), (byte)cell.Length,
                (byte)(cell.Length >> 8));
            cell.CopyTo(_key.AsSpan(at + 4));
            at += cell.Length + 4;
        }

        return at;
    }

    private AssessmentScope Read(RecordSource source, int id)
    {
        var faults = new List<RecordFault>();
        var given = options.Defaults;
        var assessmentId = Uuid(source, Field.AssessmentId, faults) ?? given.AssessmentId;
        var externalId = Text(source, Field.AssessmentExternalId) ?? given.AssessmentExternalId;
        var scope = new AssessmentScope(
            OrganizationOf(source, options, faults) ?? given.Organization,
            externalId,
            assessmentId,
            Text(source, Field.Instrument) ?? given.Instrument,
            Text(source, Field.InstrumentVersion) ?? given.InstrumentVersion,
            Text(source, Field.Round) ?? given.Round,
            Date(source, Field.WindowOpens, faults) ?? given.WindowOpens,
            Date(source, Field.WindowCloses, faults) ?? given.WindowCloses);

        if (faults.Count == 0 && assessmentId is null && externalId is null
            && (scope.Instrument is null || scope.Round is null || scope.Organization is null))
        {
            faults.Add(new(
                ImportCodes.MissingValue, "The row does not say which assessment it belongs to. Fill in assessment_external_id, or "
                    + "organization, instrument and round.",
                source.Columns.NameOf(source.Columns[Field.AssessmentId] >= 0 && source.Columns[Field.AssessmentExternalId] < 0
                    ? Field.AssessmentId : Field.AssessmentExternalId)));
        }

        if (faults.Count > 0)
            _faults[id] = faults;
        return scope;
    }

    /// <summary>The organization that a row names, by the column for it and, where the column's name does not tell the system, the
    /// system's column.</summary>
    public static OrganizationReference? OrganizationOf(RecordSource source, ImportReadOptions options, List<RecordFault> faults) =>
        Reference(source, Field.Organization, Field.OrganizationIdSystem, options.Defaults.OrganizationIdSystem, faults);

    public static OrganizationReference? Reference(RecordSource source, Field id, Field system, string? defaultSystem,
        List<RecordFault> faults)
    {
        if (source.Columns[id] is not (>= 0 and var index) || source.Cell(index) is not { IsEmpty: false } cell)
            return null;
        if ((source.Columns.All[index].IdSystem ?? Text(source, system) ?? defaultSystem) is { } named)
            return new(named.ToLowerInvariant(), Encoding.UTF8.GetString(cell), null);
        if (Utf8Parser.TryParse(cell, out Guid own, out var used) && used == cell.Length)
            return new(null, null, own);
        faults.Add(new(
            ImportCodes.BadId, "This is not an id of this service (a UUID). If it is an outside id, name its system: a column such as "
                + "organization_nces_id, or organization_id_system beside it.",
            source.Columns.All[index].Header, ImportIssue.Cut(cell)));
        return null;
    }

    public static string? Text(RecordSource source, Field field) =>
        source.Cell(field) is { IsEmpty: false } cell ? Encoding.UTF8.GetString(cell) : null;

    public static DateOnly? Date(RecordSource source, Field field, List<RecordFault> faults)
    {
        var cell = source.Cell(field);
        if (cell.IsEmpty)
            return null;
        if (Timestamps.TryDate(cell, out var date))
            return date;
        faults.Add(new(ImportCodes.BadDate, "This is not a date. Write 2026-09-14.", source.Columns.NameOf(field), ImportIssue.Cut(cell)));
        return null;
    }

    private static Guid? Uuid(RecordSource source, Field field, List<RecordFault> faults)
    {
        var cell = source.Cell(field);
        if (cell.IsEmpty)
            return null;
        if (Utf8Parser.TryParse(cell, out Guid id, out var used) && used == cell.Length)
            return id;
        faults.Add(new(ImportCodes.BadId, "This is not an id of this service (a UUID). An id of your own goes into assessment_external_id.",
            source.Columns.NameOf(field), ImportIssue.Cut(cell)));
        return null;
    }
}
