using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>The members of a team, the first to be added first; terms that are over or have not begun are left out when a day is asked for. Reading is put on record.</summary>
internal static class ListTeamMembers
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only terms that include this day.</summary>
        public DateOnly? On { get; init; }

        /// <summary>Only those who stand for this constituency, by its code.</summary>
        public string? Constituency { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Constituency).Must(code => code is null || TeamConstituency.IsCode(code))
            .WithErrorCode("value.pattern").WithMessage("A constituency is named by its code, such as bargainingUnit.");
    }

    public static void Map(RouteGroupBuilder members) =>
        members.MapQuery("/", Handle)
            .UseCase(nameof(ListTeamMembers), "List the members of a team")
            .RequireScope(Scopes.TeamsRead)
            .Validate<Request>()
            .Example(response: new Page<TeamMemberResponse>([TeamMemberResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<TeamMemberResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, TeamDesk teams, AuditTrail audit, CancellationToken ct)
    {
        if (await teams.Readable().Where(t => t.Id == id).Select(t => new { t.OrganizationId }).SingleOrDefaultAsync(ct) is not { } team)
            return Problems.NotFound("team");
        var found = db.TeamMembers.Where(m => m.TeamId == id);
        if (request.On is { } day)
            found = found.Where(m => (m.StartsOn == null || m.StartsOn <= day) && (m.EndsOn == null || m.EndsOn >= day));
        if (request.Constituency is { } code)
            found = found.Where(m => m.Constituencies.Contains(code));
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(m => m.Id > last);

        var rows = await found.OrderBy(m => m.Id).Take(request.Take + 1).Select(TeamMemberResponse.From(db)).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, member => [member.Id.ToString()], count);
        if (page.Items.Count > 0)
        {
            audit.Record("teamMember.listed", id, team.OrganizationId, new { members = page.Items.Count });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(page);
    }
}
