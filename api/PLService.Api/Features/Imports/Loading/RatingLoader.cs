using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Ratings, long or wide: packed while they are read, staged by COPY, applied set by set.</summary>
internal sealed class RatingLoader(PLServiceDbContext db, Caller caller, InstrumentVersions versions, ImportClosing closing, TimeProvider clock) : IRecordLoader
{
    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.ReadinessRatings, ImportKind.ReadinessWide];

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        var scopes = new ScopeResolver(Connection, caller, load.Options, versions);
        var contradicting = await ReadAsync(reader, load, scopes, [], ct);
        if (contradicting.Count > 0)
        {
            // Which of their rows is the later one only the file can tell: it is read again with an eye on them.
            load.StartOver();
            await using var again = await load.OpenAsync(ct);
            await ReadAsync(again, load, scopes, contradicting, ct);
        }

        if (!load.IsLost)
            await ApplyAsync(load, scopes, ct);
    }

    // Gives the participants of whom parts of the file that stand far apart say different things.
    private async Task<HashSet<(Guid, string)>> ReadAsync(ImportReader reader, ImportLoad load, ScopeResolver scopes, HashSet<(Guid, string)> watched, CancellationToken ct)
    {
        var packer = new RatingPacker(reader, load.Issues, watched);
        var atypical = new AtypicalCheck(Connection, caller);
        var stage = new RatingStage(Connection);
        await stage.CreateAsync(ct);
        await foreach (var batch in reader.ReadRatingsAsync(ct))
        {
            await scopes.ResolveAsync(batch.Scopes, ct);
            packer.Pack(batch, scopes);
            load.Count(batch, packer.Rejected);
            if (!load.IsLost)
            {
                atypical.Count(batch, packer, scopes);
                await stage.WriteAsync(batch, packer, scopes, ct);
            }

            batch.Release();
        }

        if (load.IsLost)
            return [];
        load.Report("storing", load.Size);
        var contradicting = stage.MayRepeat(scopes) ? await new RatingMerge(Connection).MergeAsync(ct) : [];
        if (contradicting.Count > 0)
            return contradicting;
        await atypical.WarnAsync(load.Issues, scopes.Targets, ct);
        await new CommentCheck(Connection, caller).WarnAsync(load.Issues, scopes.Targets, ct);
        return contradicting;
    }

    private async Task ApplyAsync(ImportLoad load, ScopeResolver scopes, CancellationToken ct)
    {
        var apply = new RatingApply(Connection, caller, load.ImportId, clock.GetUtcNow().UtcDateTime);
        if (!await apply.PrepareAsync(scopes, load, ct))
            return;
        (load.Receipt.Responses, load.Receipt.Ratings) = await apply.ApplyAsync(ct);
        await apply.AuditAsync([.. scopes.Targets], ct);
        await closing.CloseAsync(scopes, load, ct);
    }
}
