using System.Text;
using PLService.Api.Domain.Assessments;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Who a record is about: a participant of an assessment, or the group of a tally.</summary>
internal sealed class SubjectReader(RecordSource source, ImportReadOptions options, Action<RecordFault> reject)
{
    private readonly CodeTable _roles = new(ImportLimits.Roles, "roles");
    private readonly byte[] _lastTime = new byte[64];
    private int _lastTimeLength;
    private long _lastTicks;

    /// <summary>The roles by number. What was handed out stays as it is while more are added.</summary>
    public ReadOnlyMemory<string> Roles => _roles.Codes;

    private bool IsTally => options.Kind is ImportKind.Tallies;

    private Field KeyField => !IsTally ? Field.ParticipantKey : source.Columns[Field.Group] >= 0 ? Field.Group : Field.Role;

    /// <summary>The participant key, or the name of the group; empty when a tally is about all together.</summary>
    public ReadOnlySpan<byte> Key()
    {
        var key = source.Cell(KeyField);
        return key.IsEmpty && RequiredColumns.Generates(options) ? Encoding.UTF8.GetBytes($"row-{source.Record}") : key;
    }

    public RatingBatch.Subject Read(int scope)
    {
        if (!IsTally && Key().IsEmpty)
        {
            reject(new(
                ImportCodes.MissingValue, "The row does not say who answered. Fill in the participant key; a pseudonym is enough.",
                source.Columns.NameOf(Field.ParticipantKey)));
        }
        else if (!IsTally && Key() is { Length: > Response.ParticipantKeyMaxLength } key && Encoding.UTF8.GetCharCount(key) > Response.ParticipantKeyMaxLength)
        {
            reject(new(
                ImportCodes.CellTooLong, $"A participant key has at most {Response.ParticipantKeyMaxLength} characters; a pseudonym is enough.",
                source.Columns.NameOf(Field.ParticipantKey), ImportIssue.Cut(key)));
        }

        var role = source.Cell(Field.Role) is { IsEmpty: false } named ? _roles.Add(named) : -1;
        return new(scope, role, RatedAt(), IsTally ? CellReader.Number(source, Field.Participants, reject) : -1);
    }

    private long RatedAt()
    {
        var cell = source.Cell(Field.RatedAt);
        if (cell.IsEmpty)
            return 0;
        if (cell.SequenceEqual(_lastTime.AsSpan(0, _lastTimeLength)))
            return _lastTicks;
        if (cell.Length > _lastTime.Length || !Timestamps.TryParse(cell, options.TimeZone, out _lastTicks))
        {
            _lastTimeLength = 0;
            reject(new(
                ImportCodes.BadDate, "This is not a time. Write 2026-09-14T13:05:22Z, or 9/14/2026 13:05:22 as form tools do.",
                source.Columns.NameOf(Field.RatedAt), ImportIssue.Cut(cell)));
            return 0;
        }

        cell.CopyTo(_lastTime);
        _lastTimeLength = cell.Length;
        return _lastTicks;
    }
}
