using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Packs the cells of a batch into one row of level ordinals per participant. A code is looked up once per instrument version and from then
/// on is an array index, so that a cell costs a few loads and no string.
/// </summary>
/// <param name="reader">Names the columns.</param>
/// <param name="issues">Where to say what is wrong.</param>
/// <param name="watched">Participants whose later rows must agree with earlier ones of the whole file, not of the batch alone.</param>
internal sealed class RatingPacker(ImportReader reader, IssueLog issues, IReadOnlySet<(Guid Assessment, string Key)> watched)
{
    private readonly Dictionary<InstrumentLayout, LevelCodes> _codes = [];
    private readonly Dictionary<(Guid Assessment, string Key), short[]> _said = [];
    private readonly HashSet<int> _rejected = [];
    private int[] _starts = [];
    private short[] _levels = [];
    private bool[] _taken = [];

    /// <summary>How many records of the last batch were rejected here.</summary>
    public int Rejected => _rejected.Count;

    /// <summary>The packed levels of a participant of the last batch; -1 where the file says nothing.</summary>
    public Span<short> LevelsOf(int subject) => _levels.AsSpan(_starts[subject].._starts[subject + 1]);

    /// <summary>Whether anything of this participant was taken.</summary>
    public bool IsTaken(int subject) => _taken[subject];

    /// <summary>Whether a record of the last batch was rejected here.</summary>
    public bool IsRejected(int record) => _rejected.Contains(record);

    public void Pack(RatingBatch batch, ScopeResolver scopes)
    {
        Prepare(batch, scopes);
        _rejected.Clear();
        var records = batch.Records;
        for (var first = 0; first < batch.Count;)
        {
            var end = first + 1;
            while (end < batch.Count && records[end] == records[first])
                end++;
            if (Take(batch, scopes, first, end))
                _taken[batch.Subjects[first]] = true;
            else
                _rejected.Add(records[first]);
            first = end;
        }

        TakeComments(batch, scopes);
    }

    // A record of a wide file may comment and rate nothing.
    private void TakeComments(RatingBatch batch, ScopeResolver scopes)
    {
        for (var i = 0; i < batch.CommentCount; i++)
        {
            var (record, subject) = (batch.RecordOfComment(i), batch.Comment(i).Subject);
            if (_taken[subject] || batch.Records.BinarySearch(record) >= 0 || _rejected.Contains(record))
                continue;
            if (TargetOf(batch, scopes, subject, (batch.LineOfComment(i), record)) is null)
                _rejected.Add(record);
            else
                _taken[subject] = true;
        }
    }

    // All that a watched participant has said in the file so far; null of any other.
    private short[]? SaidBy(TargetAssessment target, RatingBatch batch, int subject)
    {
        if (watched.Count == 0)
            return null;
        var key = (target.Id, RatingStage.KeyOf(target, batch.KeyOf(subject)));
        if (!watched.Contains(key))
            return null;
        if (!_said.TryGetValue(key, out var said))
        {
            _said[key] = said = new short[target.Layout.Elements.Count];
            said.AsSpan().Fill(LevelCounts.NotAnswered);
        }

        return said;
    }

    private void Prepare(RatingBatch batch, ScopeResolver scopes)
    {
        var subjects = batch.SubjectCount;
        if (_starts.Length <= subjects)
            (_starts, _taken) = (new int[subjects + 1], new bool[subjects]);
        _taken.AsSpan().Clear();
        var length = 0;
        for (var s = 0; s < subjects; s++)
        {
            _starts[s] = length;
            length += scopes[batch.People[s].Scope].Target?.Layout.Elements.Count ?? 0;
        }

        _starts[subjects] = length;
        if (_levels.Length < length)
            _levels = new short[length];
        _levels.AsSpan(0, length).Fill(LevelCounts.NotAnswered);
    }

    // A record is taken whole or not at all: its cells are checked before the first is placed.
    private bool Take(RatingBatch batch, ScopeResolver scopes, int first, int end)
    {
        var subject = batch.Subjects[first];
        if (TargetOf(batch, scopes, subject, (batch.Lines[first], batch.Records[first])) is not { } target)
            return false;

        var codes = CodesOf(target.Layout);
        var levels = LevelsOf(subject);
        var said = SaidBy(target, batch, subject);
        said?.CopyTo(levels);
        var fits = true;
        for (var cell = first; cell < end; cell++)
            fits &= Check(batch, codes, levels, cell);
        if (!fits)
            return false;

        for (var cell = first; cell < end; cell++)
        {
            var element = codes.ElementOf(batch, batch.Questions[cell]);
            levels[element] = codes.LevelOf(batch, element, batch.Answers[cell]);
        }

        if (said is not null)
            levels.CopyTo(said);
        return true;
    }

    // The assessment, if it takes what this participant says.
    private TargetAssessment? TargetOf(RatingBatch batch, ScopeResolver scopes, int subject, (long, long) place)
    {
        var person = batch.People[subject];
        if (scopes[person.Scope] is not { Target: { } target } scope)
        {
            var fault = scopes[person.Scope].Fault!;
            Reject(place, fault.Code, fault.Detail, reader.NameOf(fault.Column), fault.Value);
            return null;
        }

        if (!target.Layout.Document.TakesResponses)
        {
            Reject(place, ImportLoadCodes.TalliesOnly, "The instrument lets a participant place many marks; import counts as tallies.", null, null);
            return null;
        }

        if (person.Role >= 0 && target.Roles.Length > 0 && !target.Roles.Contains(batch.Roles.Span[person.Role]))
        {
            Reject(place, ImportLoadCodes.UnknownRole, $"The assessment takes the roles {string.Join(", ", target.Roles)}.", reader.NameOf(Field.Role), batch.Roles.Span[person.Role]);
            return null;
        }

        return target;
    }

    private bool Check(RatingBatch batch, LevelCodes codes, Span<short> levels, int cell)
    {
        var place = (batch.Lines[cell], batch.Records[cell]);
        var question = batch.QuestionTable.Span[batch.Questions[cell]];
        var answer = batch.AnswerTable.Span[batch.Answers[cell]];
        var element = codes.ElementOf(batch, batch.Questions[cell]);
        if (element == LevelCodes.Unknown)
        {
            return Reject(place, ImportLoadCodes.UnknownItem,
                $"{codes.Name} has no item {question.ItemCode}{(question.Axis is null ? "" : $" with an axis {question.Axis}")}.", reader.NameOf(Field.Item), question.ItemCode);
        }

        var level = codes.LevelOf(batch, element, batch.Answers[cell]);
        if (level == LevelCodes.Unknown)
        {
            return Reject(place, ImportLoadCodes.UnknownLevel, $"{question.ItemCode} takes {codes.LevelsOf(element)}.", reader.NameOf(question), answer);
        }

        return levels[element] is LevelCounts.NotAnswered || levels[element] == level
            || Reject(place, ImportCodes.ConflictingRow, "An earlier row of the file gives this participant another level on the same item.", reader.NameOf(question), answer);
    }

    private bool Reject((long Line, long Record) place, string code, string detail, string? column, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, place.Line, place.Record, column, value is null ? null : ImportIssue.Cut(value)));
        return false;
    }

    private LevelCodes CodesOf(InstrumentLayout layout)
    {
        if (!_codes.TryGetValue(layout, out var codes))
            _codes[layout] = codes = new LevelCodes(layout);
        return codes;
    }
}
