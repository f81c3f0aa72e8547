using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>
/// Tells every process of the service whose grants were changed. The news goes out with the commit, by NOTIFY; this process knows before the answer to
/// the change leaves.
/// </summary>
internal sealed class GrantNews(GrantCache cache) : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public const string Channel = "plservice_grants";

    /// <summary>In place of ids: anybody's.</summary>
    public const string Everybody = "*";

    // PostgreSQL takes 8,000 bytes.
    private const int MaxPeople = 200;

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext db)
        {
            foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                if (entry.Entity is Membership membership)
                    db.GrantsChanged.Add(membership.PersonId);
                else if (entry.Entity is Person person && (entry.State is EntityState.Deleted || entry.Property(nameof(Person.Status)).IsModified))
                    db.GrantsChanged.Add(person.Id);
                else if (entry.Entity is PersonSession session && (entry.State is EntityState.Deleted || entry.Property(nameof(PersonSession.RevokedAt)).IsModified))
                    db.GrantsChanged.Add(session.PersonId);
                // Memberships begin and end with the days of the place.
                else if (entry.Entity is Organization && entry.State is EntityState.Modified && entry.Property(nameof(Organization.TimeZone)).IsModified)
                    db.EverybodysGrantsChanged = true;
            }
        }

        return new(result);
    }

    /// <summary>Where there is no transaction, because one statement is all, it is committed by now.</summary>
    public async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext { HasNewsOfGrants: true, Database.CurrentTransaction: null } db)
        {
            await TellAsync(db, cancellationToken);
            Know(db);
        }

        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext { HasNewsOfGrants: true } db)
            await TellAsync(db, cancellationToken);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext { HasNewsOfGrants: true } db)
            Know(db);
        return Task.CompletedTask;
    }

    private static Task TellAsync(PLServiceDbContext db, CancellationToken ct)
    {
        var whose = db.EverybodysGrantsChanged || db.GrantsChanged.Count > MaxPeople ? Everybody : string.Join(',', db.GrantsChanged);
        return db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, {whose})", ct);
    }

    private void Know(PLServiceDbContext db)
    {
        if (db.EverybodysGrantsChanged)
            cache.Forget();
        foreach (var person in db.GrantsChanged)
            cache.Forget(person);
        db.EverybodysGrantsChanged = false;
        db.GrantsChanged.Clear();
    }
}

/// <summary>Hears of grants that were changed, by this process or another, on a connection of its own for as long as the process lives.</summary>
internal sealed class GrantListener(IConfiguration configuration, GrantCache cache, ILogger<GrantListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = PersistenceServices.Settings(configuration);
        // A connection that listens must not come back to others.
        (settings.Pooling, settings.KeepAlive, settings.ApplicationName) = (false, 10, "plservice-listener");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(settings.ConnectionString, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away: without news nothing is remembered.
                logger.LogWarning("News of grants pause: {Reason}", e.GetBaseException().Message);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(string connectionString, CancellationToken stopping)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        connection.Notification += (_, news) => Hear(news.Payload);
        await connection.OpenAsync(stopping);
        await using (var listen = new NpgsqlCommand($"listen {GrantNews.Channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        cache.Hears = true;
        try
        {
            while (true)
                await connection.WaitAsync(stopping);
        }
        finally
        {
            cache.Hears = false;
        }
    }

    private void Hear(string whose)
    {
        foreach (var id in whose.Split(','))
        {
            if (Guid.TryParse(id, out var person))
                cache.Forget(person);
            else
                cache.Forget();
        }
    }
}
