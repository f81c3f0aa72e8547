using PLService.Cli.Output;
using PLService.Client;

namespace PLService.Cli.Exports;

/// <summary>A row per rating, and one per comment on an item that is not rated.</summary>
internal static class RatingRows
{
    public static readonly string[] Columns = ["participant_key", "role", "item_code", "axis", "level", "rated_at", "comment"];

    public static async Task WriteAsync(RecordFile file, object?[] scope, IAsyncEnumerable<ParticipantResponse> responses)
    {
        await foreach (var one in responses)
        {
            var comments = new Dictionary<string, string>(one.Comments ?? new Dictionary<string, string>());
            foreach (var (item, rating) in one.Ratings ?? new Dictionary<string, ItemRating>())
            {
                foreach (var (axis, level) in rating.ByAxis ?? new Dictionary<string, string?> { [""] = rating.Level })
                {
                    // The comment is the item's: it stands once, in the first of its rows.
                    comments.Remove(item, out var comment);
                    if (level is not null || comment is not null)
                        await file.WriteAsync([.. scope, one.ParticipantKey, one.Role, item, axis.Length > 0 ? axis : null, level, one.RatedAt, comment]);
                }
            }

            foreach (var (item, comment) in comments)
                await file.WriteAsync([.. scope, one.ParticipantKey, one.Role, item, null, null, one.RatedAt, comment]);
        }
    }
}
