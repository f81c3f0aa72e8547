using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Packs the cells of a batch into one row of level ordinals per participant. A code is looked up once per instrument version and from then
/// on is an array index, so that a cell costs a few loads and no string.
/// </summary>
internal sealed class RatingPacker(ImportKind kind, IssueLog issues)
{
    private const short NotLookedUp = -2;
    private const short Unknown = -1;

    private readonly Dictionary<InstrumentLayout, Codes> _codes = [];
    private int[] _starts = [];
    private short[] _levels = [];
    private bool[] _taken = [];

    /// <summary>Records of the last batch that were rejected here.</summary>
    public int Rejected { get; private set; }

    /// <summary>The packed levels of a participant of the last batch; -1 where the file says nothing.</summary>
    public Span<short> LevelsOf(int subject) => _levels.AsSpan(_starts[subject].._starts[subject + 1]);

    /// <summary>Whether anything of this participant was taken.</summary>
    public bool IsTaken(int subject) => _taken[subject];

    public void Pack(RatingBatch batch, ScopeResolver scopes)
    {
        Prepare(batch, scopes);
        Rejected = 0;
        var records = batch.Records;
        for (var first = 0; first < batch.Count;)
        {
            var end = first + 1;
            while (end < batch.Count && records[end] == records[first])
                end++;
            if (Take(batch, scopes, first, end))
                _taken[batch.Subjects[first]] = true;
            else
                Rejected++;
            first = end;
        }
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
        var person = batch.People[subject];
        var scope = scopes[person.Scope];
        if (scope.Target is not { } target)
            return Reject(batch, first, scope.Code!, scope.Detail!, null, null);
        if (!target.Layout.Document.TakesResponses)
            return Reject(batch, first, ImportLoadCodes.TalliesOnly, "The instrument lets a participant place many marks; import counts as tallies.", null, null);
        if (person.Role >= 0 && target.Roles.Length > 0 && !target.Roles.Contains(batch.Roles.Span[person.Role]))
            return Reject(batch, first, ImportLoadCodes.UnknownRole, $"The assessment takes the roles {string.Join(", ", target.Roles)}.", "role", batch.Roles.Span[person.Role]);

        var codes = CodesOf(target.Layout);
        var levels = LevelsOf(subject);
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

        return true;
    }

    private bool Check(RatingBatch batch, Codes codes, Span<short> levels, int cell)
    {
        var question = batch.QuestionTable.Span[batch.Questions[cell]];
        var answer = batch.AnswerTable.Span[batch.Answers[cell]];
        var element = codes.ElementOf(batch, batch.Questions[cell]);
        if (element == Unknown)
        {
            return Reject(batch, cell, ImportLoadCodes.UnknownItem,
                $"{codes.Name} has no item {question.ItemCode}{(question.Axis is null ? "" : $" with an axis {question.Axis}")}.", "item_code", question.ItemCode);
        }

        var level = codes.LevelOf(batch, element, batch.Answers[cell]);
        if (level == Unknown)
        {
            return Reject(batch, cell, ImportLoadCodes.UnknownLevel, $"{question.ItemCode} takes {codes.LevelsOf(element)}.",
                kind is ImportKind.ReadinessWide ? question.ItemCode : "level", answer);
        }

        return levels[element] is LevelCounts.NotAnswered || levels[element] == level
            || Reject(batch, cell, ImportCodes.ConflictingRow, "An earlier row of the file gives this participant another level on the same item.", "level", answer);
    }

    private bool Reject(RatingBatch batch, int cell, string code, string detail, string? column, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, batch.Lines[cell], batch.Records[cell], column, value is null ? null : ImportIssue.Cut(value)));
        return false;
    }

    private Codes CodesOf(InstrumentLayout layout)
    {
        if (!_codes.TryGetValue(layout, out var codes))
            _codes[layout] = codes = new Codes(layout);
        return codes;
    }

    /// <summary>What the file's items and levels are in one instrument version, looked up when first met.</summary>
    private sealed class Codes(InstrumentLayout layout)
    {
        private readonly short[][] _levels = new short[layout.Elements.Count][];
        private short[] _elements = [];

        public string Name => $"{layout.Document.Code} {layout.Document.Version}";

        public string LevelsOf(int element) => string.Join(", ", layout.Elements[element].Scale.Levels
            .Where((_, ordinal) => layout.Elements[element].Offers((short)ordinal)).Take(12).Select(level => level.Code));

        public short ElementOf(RatingBatch batch, int question)
        {
            if (question >= _elements.Length)
                _elements = Grow(_elements, batch.QuestionTable.Length);
            if (_elements[question] == NotLookedUp)
            {
                var (item, axis) = batch.QuestionTable.Span[question];
                _elements[question] = layout.TryFind(item, axis, out var element) ? (short)element.Index : Unknown;
            }

            return _elements[question];
        }

        public short LevelOf(RatingBatch batch, int element, int answer)
        {
            ref var levels = ref _levels[element];
            if (levels is null || answer >= levels.Length)
                levels = Grow(levels ?? [], batch.AnswerTable.Length);
            if (levels[answer] == NotLookedUp)
                levels[answer] = layout.Elements[element].TryLevel(batch.AnswerTable.Span[answer], out var ordinal) ? ordinal : Unknown;
            return levels[answer];
        }

        private static short[] Grow(short[] known, int length)
        {
            var grown = new short[Math.Max(16, length * 2)];
            grown.AsSpan().Fill(NotLookedUp);
            known.CopyTo(grown, 0);
            return grown;
        }
    }
}
