using PLService.Cli.Commands;
using PLService.Cli.Output;
using PLService.Client;

namespace PLService.Cli.Exports;

/// <summary>A row per participant, without what was answered.</summary>
internal static class ParticipantRows
{
    public static readonly string[] Columns = ["participant_key", "role", "status", "started_at", "submitted_at"];

    public static async Task WriteAsync(RecordFile file, object?[] scope, IAsyncEnumerable<ParticipantResponse> responses)
    {
        await foreach (var one in responses)
            await file.WriteAsync([.. scope, one.ParticipantKey, one.Role, Words.Of(one.Status), one.CreatedAt, one.SubmittedAt]);
    }
}
