using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Teams;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>Writes calendars for those who have their addresses.</summary>
internal sealed class CalendarDesk(PLServiceDbContext db, Caller caller, DueReader reader, TeamMembership teams, AccessOptions access, TimeProvider clock)
{
    private const int DaysBack = 90;
    private const int DaysAhead = 400;
    private const int MaxDays = 1_000;

    /// <summary>The calendar; null when nothing is at the address, or nothing any more. From here on the request works within the tenant that the token names.</summary>
    public async Task<string?> WriteAsync(string token, CancellationToken ct)
    {
        if (!CalendarTokens.TryRead(token, out var tenantId, out var id))
            return null;
        // Whoever may be signed in does not count: the address alone opens it.
        caller.Become(CallerIdentity.Service(tenantId));
        var found = await (
            from feed in db.CalendarFeeds
            join person in db.People on feed.PersonId equals person.Id
            where feed.Id == id && person.Status == PersonStatus.Active
            select new { Feed = feed, person.Language }).AsNoTracking().SingleOrDefaultAsync(ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Feed.TokenHash, CalendarTokens.Hash(token)) || !await MaySeeAsync(found.Feed, ct))
            return null;

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var query = new DueQuery(today.AddDays(-DaysBack), today.AddDays(DaysAhead + 1)) { WithFinished = true, Leading = Roles.Leading(Scopes.PlansWrite), Take = MaxDays };
        query = found.Feed.TeamId is { } team
            ? query with { TeamId = team }
            : query with { People = new Dictionary<Guid, DateOnly> { [found.Feed.PersonId] = today } };
        var rows = await reader.PageAsync(query, ct);
        var language = MailLanguage.For(found.Language);
        return CalendarText.Write(found.Feed.Name, rows.Select(row => DayOf(row, language)));
    }

    /// <summary>Whether the person has a role today, and of a team whether they are in it or have a role where it is.</summary>
    private async Task<bool> MaySeeAsync(CalendarFeed feed, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var roles = db.Memberships.Where(m => m.PersonId == feed.PersonId && (m.StartsOn == null || m.StartsOn <= today) && (m.EndsOn == null || m.EndsOn >= today));
        if (feed.TeamId is not { } id)
            return await roles.AnyAsync(ct);
        return await roles.AnyAsync(ct) && (
            await teams.IncludesAsync(id, feed.PersonId, ct)
            || await db.Teams.AnyAsync(t => t.Id == id && t.Status == TeamStatus.Active && roles.Any(m => m.OrganizationId == null
                || db.OrganizationClosure.Any(c => c.AncestorId == m.OrganizationId && c.DescendantId == t.OrganizationId)), ct));
    }

    private CalendarDay DayOf(DueRow row, MailLanguage language)
    {
        var (uid, summary) = row.Kind switch
        {
            DueKind.Step => ($"step-{row.Id}", row.Status == EnumText.Of(StepStatus.Done) ? $"✓ {row.Title}" : row.Title),
            DueKind.CheckIn => (string.Create(CultureInfo.InvariantCulture, $"check-in-{row.PlanId}-{row.Mark}"), language.CheckIn(row.Mark!.Value)),
            _ => ($"cycle-{row.Id}", language.Review(row.Title)),
        };
        return new(
            $"{uid}@plservice", row.DueOn, summary, $"{row.Plan} ({row.Organization})", row.Status == EnumText.Of(StepStatus.Dropped), row.UpdatedAt,
            access.WebLink($"plans/{row.PlanId}"));
    }
}
