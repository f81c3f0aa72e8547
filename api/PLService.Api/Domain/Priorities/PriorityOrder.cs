namespace PLService.Api.Domain.Priorities;

/// <summary>The order that follows from a vote.</summary>
internal static class PriorityOrder
{
    /// <summary>
    /// Gives each priority its dots and its place: the most dots come first; of as many dots the greater gap, and of equal gaps the item that
    /// comes first in the instrument.
    /// </summary>
    /// <param name="priorities">Those of a list that were not dropped.</param>
    /// <param name="dots">Dots by priority.</param>
    /// <param name="placeOf">Place of an item in the instrument.</param>
    public static void Apply(IEnumerable<Priority> priorities, IReadOnlyDictionary<Guid, int> dots, Func<string, int> placeOf)
    {
        var ordered = priorities
            .OrderByDescending(priority => dots.GetValueOrDefault(priority.Id))
            .ThenByDescending(priority => AssessedItems.SizeOf([.. priority.ReadLevels()]))
            .ThenBy(priority => placeOf(priority.Items[0]));
        foreach (var (position, priority) in ordered.Index())
            priority.Place(dots.GetValueOrDefault(priority.Id), position);
    }
}
