using PLService.Api.Domain.Instruments;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>What the file's items and levels are in one instrument version, looked up when first met.</summary>
internal sealed class LevelCodes(InstrumentLayout layout)
{
    /// <summary>The instrument version has no such item or level.</summary>
    public const short Unknown = -1;

    private const short NotLookedUp = -2;

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
