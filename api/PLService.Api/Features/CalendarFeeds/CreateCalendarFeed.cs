using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>
/// Makes a calendar (iCalendar, RFC 5545) of what is due for you, or of the steps of a team, at an address that only this answer shows. Calendar programs
/// fetch it there without signing in, so whoever has the address can read it: titles and days, and nobody's name. Revoke it when it got around.
/// There is no Idempotency-Key: it would keep the secret.
/// </summary>
internal static class CreateCalendarFeed
{
    /// <param name="TeamId">The team whose steps it shows; unless given, what is due for you.</param>
    /// <param name="Name">What calendar programs call it, 120 characters at most; unless given, the name of the team or of the tenant.</param>
    public sealed record Request(Guid? TeamId = null, string? Name = null);

    /// <param name="Feed">The calendar.</param>
    /// <param name="Address">Where programs fetch it: keep it like a password; it is never shown again.</param>
    internal sealed record Response(CalendarFeedResponse Feed, Uri Address)
    {
        public static readonly Response Sample = new(
            CalendarFeedResponse.Sample,
            new("https://pl.example.org/calendar/plf_AaKzxAAAcACAAAAAAAAAAQGis8QAAHAAgAAAAAAABGBzZWNyZXQgb2YgMzIgYnl0ZXMgYXMgYW4gZXhhbXBsZQ.ics"));
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Name).Length(1, CalendarFeed.NameMaxLength).Must(name => name is null || !name.Any(char.IsControl))
            .WithErrorCode("value.pattern").WithMessage("A name is one line.");
    }

    public static void Map(RouteGroupBuilder feeds) =>
        feeds.MapPost("/", Handle)
            .UseCase(nameof(CreateCalendarFeed), "Make a calendar of what is due")
            .RequirePerson()
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(CalendarFeedErrors.UnknownTeam, CalendarFeedErrors.TooMany)
            .Example(new Request(Name: CalendarFeedResponse.Sample.Name), Response.Sample);

    private static async Task<Results<Created<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, Caller caller, TeamMembership teams, AuditTrail audit, AccessOptions access, CancellationToken ct)
    {
        var person = caller.PersonId!.Value;
        // Two at once must not both be the last one.
        await db.Database.ExecuteSqlAsync($"select 1 from pls.person where tenant_id = {db.TenantId} and id = {person} for no key update", ct);
        if (await db.CalendarFeeds.CountAsync(feed => feed.PersonId == person, ct) >= CalendarFeed.MaxPerPerson)
            return CalendarFeedErrors.TooMany.ToConflict();
        var name = request.TeamId is { } team
            ? await db.ReachableTeams(teams.EarliestToday).Where(t => t.Id == team && t.Status == TeamStatus.Active).Select(t => t.Name).SingleOrDefaultAsync(ct)
            : await db.Tenants.Select(tenant => tenant.Name).SingleAsync(ct);
        if (name is null)
            return CalendarFeedErrors.UnknownTeam.ToConflict();

        var id = Guid.CreateVersion7();
        var token = CalendarTokens.New(db.TenantId, id);
        var feed = CalendarFeed.Create(
            id, person, request.TeamId, request.Name ?? (name.Length <= CalendarFeed.NameMaxLength ? name : name[..CalendarFeed.NameMaxLength]), CalendarTokens.Hash(token));
        db.Add(feed);
        audit.Record("calendarFeed.created", id, organizationId: null, new { feed.TeamId });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created(
            $"/v1/calendar-feeds/{id}", new Response(CalendarFeedResponse.Of(feed), new($"{access.Issuer.TrimEnd('/')}/calendar/{token}.ics")));
    }
}
