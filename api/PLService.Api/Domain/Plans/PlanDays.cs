using System.Globalization;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>Days of parts as days after the plan's start, in which templates count, and back.</summary>
internal static class PlanDays
{
    // Each member that holds a day which moves with the start, and what it is called when it counts.
    private static readonly (string Date, string Day)[] Members = [("startsOn", "startsDay"), ("dueOn", "dueDay")];

    /// <summary>The most days after the start, ten years.</summary>
    public const int Most = 3_660;

    /// <summary>Members that count days, by the name of the day that they stand for.</summary>
    public static IEnumerable<string> Counting => Members.Select(member => member.Day);

    /// <summary>Members that hold days.</summary>
    public static IEnumerable<string> Dated => Members.Select(member => member.Date);

    /// <summary>Counts days after the start instead of naming them; a day before the start is the start itself.</summary>
    public static JsonObject Count(JsonObject content, DateOnly start) => Each(content, Members.Select(member => (member.Date, member.Day)), value =>
        Math.Clamp(DateOnly.ParseExact((string)value!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - start.DayNumber, 0, Most));

    /// <summary>Names the days that are counted.</summary>
    public static JsonObject Name(JsonObject content, DateOnly start) => Each(content, Members.Select(member => (member.Day, member.Date)), value =>
        start.AddDays((int)value!).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Moves the days.</summary>
    public static JsonObject Shift(JsonObject content, int days) => Each(content, Members.Select(member => (member.Date, member.Date)), value =>
        DateOnly.ParseExact((string)value!, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static JsonObject Each(JsonObject content, IEnumerable<(string From, string To)> members, Func<JsonNode?, JsonNode> change)
    {
        var changed = (JsonObject)content.DeepClone();
        foreach (var (from, to) in members)
        {
            if (changed[from] is not { } value)
                continue;
            var next = change(value);
            changed.Remove(from);
            changed[to] = next;
        }

        return changed;
    }
}
