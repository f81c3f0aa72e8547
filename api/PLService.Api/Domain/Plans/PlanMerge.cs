using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>
/// Brings changes of single fields into something that others may have changed since it was read. Fields that others left alone are taken; a
/// field that somebody else changed to something else in the meantime clashes, and then nothing is taken.
/// </summary>
internal static class PlanMerge
{
    /// <param name="current">What it says now.</param>
    /// <param name="wanted">What it would say with the change in it.</param>
    /// <param name="named">The fields that the change names.</param>
    /// <param name="since">The changes since the version that the caller read, the oldest first.</param>
    /// <returns>Each clashing field with what it said at the version that was read, and the change that made it what it is.</returns>
    public static IReadOnlyList<(FieldChange Field, PlanChange Last)> Clashes(
        JsonObject current, JsonObject wanted, IReadOnlyCollection<string> named, IReadOnlyList<PlanChange> since)
    {
        var first = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var last = new Dictionary<string, PlanChange>(StringComparer.Ordinal);
        foreach (var change in since)
        {
            foreach (var field in FieldChange.Read(change.Fields))
            {
                first.TryAdd(field.Field, field.Before);
                last[field.Field] = change;
            }
        }

        return [.. named.Where(field => last.ContainsKey(field) && !JsonNode.DeepEquals(current[field], wanted[field]))
            .Select(field => (new FieldChange(field, first[field], current[field]), last[field]))];
    }
}
