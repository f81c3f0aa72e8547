using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Assessments;

/// <summary>A paper poster being entered: takes counts by item and level code, checks them against the instrument, and packs them flat.</summary>
internal static class TallySheet
{
    /// <summary>Packs the counts.</summary>
    /// <param name="layout">Layout of the assessment's instrument version.</param>
    /// <param name="participants">People in the group: each gives as many marks per item and axis as the instrument allows.</param>
    /// <param name="counts">Marks by item code.</param>
    /// <returns>The packed counts, and what did not fit with its place in the body.</returns>
    public static (int[] Counts, IReadOnlyList<Fault> Faults) Pack(
        InstrumentLayout layout, int participants, IReadOnlyDictionary<string, ItemCounts> counts)
    {
        var packed = new int[layout.CountsLength];
        var faults = new List<Fault>();
        foreach (var (item, marks) in counts)
        {
            var pointer = $"/counts/{FaultList.Escaped(item)}";
            if (!layout.TryFind(item, "", out _))
                faults.Add(new(pointer, AssessmentErrors.UnknownItem.Code, "The instrument has no item with this code."));
            else if (marks?.ByAxis is { } byAxis)
                foreach (var (axis, levels) in byAxis)
                    Add($"{pointer}/{FaultList.Escaped(axis)}", item, axis, levels);
            else
                Add(pointer, item, "", marks?.Levels);
        }

        return (packed, faults);

        void Add(string pointer, string item, string axis, IReadOnlyDictionary<string, int>? levels)
        {
            if (!layout.TryFind(item, axis, out var element))
            {
                faults.Add(new(pointer, AssessmentErrors.UnknownItem.Code, "The item does not use an axis with this code."));
                return;
            }

            foreach (var (level, count) in levels ?? new Dictionary<string, int>())
            {
                var place = $"{pointer}/{FaultList.Escaped(level)}";
                if (!element.TryLevel(level, out var ordinal))
                    faults.Add(RatingSheet.UnknownLevel(place, element));
                else if (count is < 0 or > Tally.MaxCount)
                    faults.Add(new(place, "value.out_of_range", $"A count is 0 to {Tally.MaxCount}."));
                else
                    packed[element.CountsOffset + ordinal] += count;
            }

            CheckSum(pointer, element);
        }

        void CheckSum(string pointer, Element element)
        {
            var sum = 0L;
            foreach (var count in element.CountsIn(packed))
                sum += count;
            if (layout.Document.MarksPerParticipant is { } each && sum > (long)participants * each)
            {
                faults.Add(new(pointer, "tally.more_marks_than_participants",
                    $"{sum} marks; {participants} participants with {each} for each item give at most {(long)participants * each}."));
            }
        }
    }

    /// <summary>The packed counts by item code, as they are entered; levels and items without marks are left out.</summary>
    public static IReadOnlyDictionary<string, ItemCounts> Unpack(InstrumentLayout layout, int[] counts)
    {
        var marked = layout.Elements
            .Select(element => (element.Item.Code, Axis: element.Axis.Code, Levels: LevelsOf(element, counts)))
            .Where(entry => entry.Levels.Count > 0)
            .GroupBy(entry => entry.Code);
        return layout.Document.Axes.Count == 1
            ? marked.ToDictionary(item => item.Key, item => new ItemCounts(item.Single().Levels))
            : marked.ToDictionary(item => item.Key, item => new ItemCounts(null, item.ToDictionary(entry => entry.Axis, entry => entry.Levels)));
    }

    private static Dictionary<string, int> LevelsOf(Element element, int[] counts) => element.Scale.Levels
        .Select((level, i) => (level.Code, Count: counts[element.CountsOffset + i]))
        .Where(level => level.Count > 0)
        .ToDictionary(level => level.Code, level => level.Count);
}
