using System.Collections.Concurrent;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Turns records into ratings or counts. A record is taken whole or not at all.</summary>
internal sealed class RatingRows : IRows<RatingBatch>
{
    // A batch ends where a participant ends, once it holds enough; a file in no order is cut where it is.
    private const int EnoughCells = 1 << 16;
    private const int MostCells = EnoughCells * 3 / 2;
    private const int MostIssues = 1_000;
    private const int MostText = 4 << 20;

    private readonly RecordSource _source;
    private readonly ImportReadOptions _options;
    private readonly ConcurrentBag<RatingBatch> _used = [];
    private readonly ScopeTable _scopes;
    private readonly SubjectReader _subjects;
    private readonly CellReader _cells;
    private readonly KeyIndex _cellIndex = new();
    private readonly KeyIndex _commentIndex = new();
    private readonly byte[] _key = new byte[4 + ImportLimits.KeyCharacters * 4];
    private int _lastSubject = -1;
    private bool _rejected;
    private RatingBatch _batch = new();

    public RatingRows(RecordSource source, ImportReadOptions options)
    {
        (_source, _options) = (source, options);
        _scopes = new(options);
        _subjects = new(source, options, Reject);
        _cells = new(source, options, Reject);
    }

    private bool IsTally => _options.Kind is ImportKind.Tallies;

    public bool IsEmpty => _batch.RecordsRead == 0;

    /// <summary>Whether the batch should be handed over before the current record is taken.</summary>
    public bool IsFull =>
        (_batch.Count >= EnoughCells || _batch.Issues.Count >= MostIssues || _batch.TextLength >= MostText)
        && (_batch.Count >= MostCells || _batch.Count < EnoughCells || _source.Fault is not null
            || !IsLast(_scopes.Of(_source), _subjects.Key()));

    public RatingBatch Complete()
    {
        var batch = _batch;
        (batch.Scopes, batch.QuestionTable, batch.AnswerTable, batch.Roles) = (_scopes.Scopes, _cells.Questions, _cells.Answers,
            _subjects.Roles);
        batch.BytesRead = _source.BytesRead;
        batch.Rent(_used.Add);
        _batch = _used.TryTake(out var again) ? again : new();
        _batch.Clear();
        _cellIndex.Clear();
        _commentIndex.Clear();
        _lastSubject = -1;
        return batch;
    }

    public void Take()
    {
        _batch.RecordsRead++;
        _rejected = false;
        if (_source.Fault is { } fault)
        {
            Reject(fault);
        }
        else
        {
            var scope = _scopes.Of(_source);
            _scopes.FaultsOf(scope)?.ForEach(Reject);
            var said = _subjects.Read(scope);
            _cells.Read();
            if (!_rejected)
                Put(said, _subjects.Key());
        }

        if (_rejected)
            _batch.RecordsRejected++;
    }

    private void Put(RatingBatch.Subject said, ReadOnlySpan<byte> key)
    {
        if (_cells.Cells.Count == 0 && _cells.Comments.Count == 0)
        {
            Warn(ImportCodes.MissingValue, "The row rates no item, so nothing was taken from it.");
            return;
        }

        var known = _batch.SubjectCount;
        var subject = SubjectOf(said.Scope, key);
        if (subject == known)
            _batch.AddPerson(said);
        else if (!Merge(ref _batch.Person(subject), said))
            return;

        var (repeated, line) = Compare(subject);
        if (_rejected)
            return;
        foreach (var (question, answer, count, _) in _cells.Cells)
        {
            if (repeated > 0 && _cellIndex.Find(CellKey(subject, question, answer)) >= 0)
                continue;
            _cellIndex.Add(CellKey(subject, question, answer), _batch.Count);
            _batch.AddCell(subject, question, answer, count, _source.Record, _source.Line);
        }

        var told = Tell(subject);
        if (repeated == _cells.Cells.Count && !told && repeated > 0)
        {
            _batch.RecordsRepeated++;
            Warn(ImportCodes.DuplicateRow, $"The row repeats line {line}. It was counted once.");
        }
    }

    // How many cells an earlier record has already said, and on which line; what it said differently rejects the record.
    private (int Repeated, int Line) Compare(int subject)
    {
        var (repeated, line) = (0, 0);
        foreach (var (question, answer, count, column) in _cells.Cells)
        {
            var earlier = _cellIndex.Find(CellKey(subject, question, answer));
            if (earlier < 0)
                continue;
            line = _batch.Lines[earlier];
            if (IsTally ? _batch.Counts[earlier] == count : _batch.Answers[earlier] == answer)
                repeated++;
            else
                Conflict(column, line);
        }

        foreach (var (question, column) in _cells.Comments)
        {
            if (_commentIndex.Find(CommentKey(subject, question)) is >= 0 and var earlier
                && !_batch.CommentText(earlier).SequenceEqual(_source.Cell(column)))
                Conflict(column, line);
        }

        return (repeated, line);
    }

    private bool Tell(int subject)
    {
        var told = false;
        foreach (var (question, column) in _cells.Comments)
        {
            if (_commentIndex.Find(CommentKey(subject, question)) >= 0)
                continue;
            _commentIndex.Add(CommentKey(subject, question), _batch.CommentCount);
            _batch.AddComment(subject, question, _source.Record, _source.Line, _source.Cell(column));
            told = true;
        }

        return told;
    }

    private bool Merge(ref RatingBatch.Subject known, RatingBatch.Subject said)
    {
        if (said.Role >= 0 && known.Role >= 0 && said.Role != known.Role)
            Conflict(_source.Columns[Field.Role], 0);
        if (said.Participants >= 0 && known.Participants >= 0 && said.Participants != known.Participants)
            Conflict(_source.Columns[Field.Participants], 0);
        if (_rejected)
            return false;
        known = known with
        {
            Role = Math.Max(known.Role, said.Role),
            Participants = Math.Max(known.Participants, said.Participants),
            RatedAtTicks = Math.Max(known.RatedAtTicks, said.RatedAtTicks),
        };
        return true;
    }

    private bool IsLast(int scope, ReadOnlySpan<byte> key) =>
        _lastSubject >= 0 && _batch.Person(_lastSubject).Scope == scope && _batch.KeyOf(_lastSubject).SequenceEqual(key);

    private int SubjectOf(int scope, ReadOnlySpan<byte> key)
    {
        if (IsLast(scope, key))
            return _lastSubject;
        BitConverter.TryWriteBytes(_key, scope);
        key.CopyTo(_key.AsSpan(4));
        return _lastSubject = _batch.Keys.Add(_key.AsSpan(0, 4 + key.Length));
    }

    // Twenty bits each hold the most questions and answers of a file; in a rating the question alone counts.
    private ulong CellKey(int subject, int question, int answer) =>
        ((ulong)subject << 40) | ((ulong)question << 20) | (IsTally ? (ulong)answer + 1 : 0);

    private static ulong CommentKey(int subject, int question) => ((ulong)subject << 32) | (uint)(question + 1);

    private void Conflict(int column, int line) => Reject(new(
        ImportCodes.ConflictingRow,
        (line > 0 ? $"The row says something else than line {line}" : "The row says something else than an earlier row")
            + " about the same assessment, participant and item. Keep the right one of them.",
        _source.Columns.All[column].Header, ImportIssue.Cut(_source.Cell(column))));

    private void Reject(RecordFault fault)
    {
        _rejected = true;
        _batch.Issues.Add(new(ImportSeverity.Error, fault.Code, fault.Detail, _source.Line, _source.Record, fault.Column, fault.Value));
    }

    private void Warn(string code, string detail) =>
        _batch.Issues.Add(new(ImportSeverity.Warning, code, detail, _source.Line, _source.Record));
}
