using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>
/// Plans with their strategies, steps and obstacles, recognized by external id: new ones are made, known ones changed where the file says something
/// new, and what it does not name is left alone. All is written as it is one by one, with history, trail and tallies.
/// </summary>
internal sealed class PlanLoader(ImportSender sender, PlanFinder finder, PlanStore store) : IRecordLoader
{
    // Plans that are read, compared and stored together.
    private const int AtOnce = 100;

    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.Plans];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        if (!await sender.ResumeAsync(Scopes.PlansWrite, ct))
            throw new ImportFileException(ImportLoadCodes.SenderLostAccess, "Whoever sent the file may not write plans there any more.");
        var rows = new List<PlanRow>();
        await foreach (var batch in reader.ReadPlansAsync(ct))
        {
            load.Count(batch, 0);
            rows.AddRange(batch.Rows);
        }

        load.Report("storing", load.Size);
        var facts = await finder.FindAsync(rows, ct);
        var faults = new PlanFaults(load.Issues, reader.NameOf);
        rows.ForEach(row => RefusePlace(row, facts, faults));
        try
        {
            foreach (var some in rows.Where(faults.IsTaken).GroupBy(row => (facts.Places[row.Organization].Id, row.PlanId)).Chunk(AtOnce))
                await store.TakeAsync([.. some.Select(plan => new PlanRows(facts.Places[plan.First().Organization], plan.Key.PlanId, [.. plan]))], facts, faults, load, ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            throw new JobAgainException("Somebody else changed plans, people or organizations of this file meanwhile.", e);
        }

        load.Receipt.Rejected += faults.Rejected;
    }

    private static void RefusePlace(PlanRow row, PlanFacts facts, PlanFaults faults)
    {
        var place = facts.Places.GetValueOrDefault(row.Organization);
        if (place is not { IsReached: true })
            faults.Reject(row, new(ImportLoadCodes.UnknownOrganization, "No organization that you can reach has this id.", Field.Organization, row.Organization.ToString()));
        else if (!place.IsLed)
            faults.Reject(row, new(PlanErrors.OwnPartsOnly.Code, PlanErrors.OwnPartsOnly.Message, Field.Organization, row.Organization.ToString()));
    }
}

/// <summary>The rows of one plan.</summary>
internal sealed record PlanRows(PlanPlace Place, string Key, IReadOnlyList<PlanRow> Rows);
