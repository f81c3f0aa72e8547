using PLService.Api.Access;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing.Digests;

/// <summary>Writes the digests that are due, some hundred people's in a transaction.</summary>
internal sealed class DigestsHandler(
    PLServiceDbContext db, DueDigests due, IServiceScopeFactory scopes, Caller caller, IEnumerable<RecurringJob> recurring) : RecurringHandler(db, recurring)
{
    public const string JobKind = "digests";

    private const int AtOnce = 500;

    public override string Kind => JobKind;

    protected override Task WorkAsync(JobRun run, CancellationToken ct) => WriteDueAsync(run, ct);

    /// <summary>Writes what is due; gives how many mails.</summary>
    internal async Task<int> WriteDueAsync(JobRun? run, CancellationToken ct)
    {
        var (done, mails) = (0, 0);
        var zones = await due.TimeZonesAsync(ct);
        while (zones.Count > 0 && await WriteSomeAsync(zones, ct) is { People: > 0 } some)
        {
            (done, mails) = (done + some.People, mails + some.Mails);
            run?.Report("writing digests", done, null);
        }

        return mails;
    }

    private async Task<(int People, int Mails)> WriteSomeAsync(IReadOnlyDictionary<string, DateOnly> zones, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Caller>().Become(CallerIdentity.Service(caller.TenantId));
        var work = services.GetRequiredService<PLServiceDbContext>();
        await using var transaction = await work.Database.BeginTransactionAsync(ct);
        var people = await services.GetRequiredService<DueDigests>().ClaimAsync(zones, AtOnce, ct);
        var mails = people.Count == 0 ? 0 : await services.GetRequiredService<DigestWriter>().WriteAsync(people, ct);
        await work.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return (people.Count, mails);
    }
}
