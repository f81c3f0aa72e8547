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

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var scopes = new ScopeResolver(connection, caller, load.Options, versions);
        var packer = new RatingPacker(load.Kind, load.Issues);
        var atypical = new AtypicalCheck(connection, caller);
        var stage = new RatingStage(connection);
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
            return;
        load.Report("storing", load.Size);
        await stage.MergePartsAsync(load.Issues, ct);
        await atypical.WarnAsync(load.Issues, scopes.Targets, ct);
        if (!load.IsLost)
            await ApplyAsync(connection, load, scopes, ct);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, ImportLoad load, ScopeResolver scopes, CancellationToken ct)
    {
        var apply = new RatingApply(connection, caller, load.ImportId, clock.GetUtcNow().UtcDateTime);
        if (!await apply.PrepareAsync(scopes, load, ct))
            return;
        (load.Receipt.Responses, load.Receipt.Ratings) = await apply.ApplyAsync(ct);
        await apply.AuditAsync([.. scopes.Targets], ct);
        await closing.CloseAsync(scopes, load, ct);
    }
}
