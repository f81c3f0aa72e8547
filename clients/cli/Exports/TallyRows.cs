using PLService.Cli.Output;
using PLService.Client;

namespace PLService.Cli.Exports;

/// <summary>A row per group, item, axis and level, with its count.</summary>
internal static class TallyRows
{
    public static readonly string[] Columns = ["group", "role", "participants", "item_code", "axis", "level", "count"];

    public static async Task WriteAsync(RecordFile file, object?[] scope, IAsyncEnumerable<TallyResponse> tallies)
    {
        await foreach (var one in tallies)
        {
            foreach (var (item, counts) in one.Counts)
            {
                foreach (var (axis, levels) in counts.ByAxis ?? new Dictionary<string, IReadOnlyDictionary<string, int>> { [""] = counts.Levels! })
                {
                    foreach (var (level, count) in levels)
                        await file.WriteAsync([.. scope, one.GroupKey, one.Role, one.Participants, item, axis.Length > 0 ? axis : null, level, count]);
                }
            }
        }
    }
}
