using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Teams;

/// <summary>The teams that you reach, and those that you are in, by name; dissolved ones only when they are asked for.</summary>
internal static class ListTeams
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only of this kind.</summary>
        public TeamKind? Kind { get; init; }

        /// <summary>Only with this status; active unless given.</summary>
        public TeamStatus? Status { get; init; }

        /// <summary>Only those in which this person has a term that is not over.</summary>
        public Guid? MemberId { get; init; }

        /// <summary>Only those whose renewal is due before this day.</summary>
        public DateOnly? RenewsBefore { get; init; }

        /// <summary>True: only active ones that do not meet a rule of their kind today; false: only those that meet all.</summary>
        public bool? Unmet { get; init; }

        /// <summary>Only with this external id.</summary>
        public string? ExternalId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.ExternalId).MaximumLength(100);
    }

    public static void Map(RouteGroupBuilder teams) =>
        teams.MapQuery("/", Handle)
            .UseCase(nameof(ListTeams), "List teams")
            .RequireScope(Scopes.TeamsRead)
            .Validate<Request>()
            .Example(response: new Page<TeamResponse>([TeamResponse.Sample], null, null));

    private static async Task<Ok<Page<TeamResponse>>> Handle(
        [AsParameters] Request request, PLServiceDbContext db, TeamDesk desk, TeamStandings standings, TeamMembership membership, CancellationToken ct)
    {
        var status = request.Status ?? TeamStatus.Active;
        var found = desk.Readable().AsNoTracking().Where(t => t.Status == status);
        if (request.OrganizationId is { } organization)
            found = found.Where(t => t.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(t => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == t.OrganizationId));
        if (request.Kind is { } kind)
            found = found.Where(t => t.Kind == kind);
        var today = membership.EarliestToday;
        if (request.MemberId is { } person)
            found = found.Where(t => db.TeamMembers.Any(m => m.TeamId == t.Id && m.PersonId == person && (m.EndsOn == null || m.EndsOn >= today)));
        if (request.RenewsBefore is { } day)
            found = found.Where(t => t.RenewsOn < day);
        if (request.ExternalId is { } external)
            found = found.Where(t => t.ExternalId == external);
        if (request.Unmet is { } wanted)
        {
            var unmet = (await standings.UnmetAsync(ct)).Select(t => t.Id);
            found = found.Where(t => unmet.Contains(t.Id) == wanted);
        }

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys))
        {
            var (lastName, lastId) = (keys[0], Guid.Parse(keys[1]));
            found = found.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(Sql.Lower(t.Name), t.Id), ValueTuple.Create(Sql.Lower(lastName), lastId)));
        }

        var rows = await found.OrderBy(t => Sql.Lower(t.Name)).ThenBy(t => t.Id).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, team => [team.Name, team.Id.ToString()], count);
        var stand = await standings.ReadAsync(page.Items, ct);
        return TypedResults.Ok(new Page<TeamResponse>([.. page.Items.Select(team => TeamResponse.Of(team, stand[team.Id]))], page.NextCursor, page.Count));
    }
}
