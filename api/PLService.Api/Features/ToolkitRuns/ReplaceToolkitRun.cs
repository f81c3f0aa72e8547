using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>
/// Replaces name, kind and members of a team. Who leaves keeps what they wrote in the team's answers; their own answers come back with them.
/// Organization and toolkit never change.
/// </summary>
internal static class ReplaceToolkitRun
{
    /// <param name="TeamName">What the team is called, 200 characters at most.</param>
    /// <param name="TeamKind">What kind of team it is.</param>
    /// <param name="Members">The people of the team, 100 at most.</param>
    public sealed record Request(string TeamName, TeamKind TeamKind, IReadOnlyList<MemberRequest> Members);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.TeamName).TeamName();
            RuleFor(request => request.TeamKind).IsInEnum();
            RuleFor(request => request.Members).Members();
        }
    }

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceToolkitRun), "Change a team")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<Request>()
            .Refuses(ToolkitRunErrors.NotMember, ToolkitRunErrors.UnknownPerson)
            .Example(new Request("Cedar Valley PDEC", TeamKind.Pdec, [new(TeamPerson.Sample.PersonId, "chair")]), ToolkitRunResponse.Sample);

    private static async Task<Results<Ok<ToolkitRunResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, RunDesk desk, RunReader reader, MemberList members, AuditTrail audit, CancellationToken ct)
    {
        await desk.LockAsync(id, ct);
        var (found, refused) = await desk.FindForWorkAsync(id, ct);
        if (found is null)
            return refused!;
        var run = found.Run;
        if (ifMatch.Refuses(run.Version) is { } stale)
            return stale;
        var (membersChanged, unknown) = await members.SetAsync(id, request.Members, ct);
        if (unknown is not null)
            return unknown.ToConflict();

        run.Rename(request.TeamName, request.TeamKind);
        if (db.ChangedMembersOf(run) is { } changed && (membersChanged || changed.Count > 0))
        {
            db.Touch(run);
            audit.Record("toolkitRun.changed", id, run.OrganizationId, new { changed = membersChanged ? [.. changed, "members"] : changed });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await reader.ReadAsync(run, ct));
    }
}
