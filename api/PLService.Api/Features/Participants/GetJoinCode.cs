using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Participants;

/// <summary>Code, link and QR code by which one joins the assessment, to be shown or handed out.</summary>
internal static class GetJoinCode
{
    // Who may open joining may see how one joins, and who only reads may not: the code lets one answer.
    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapGet("/join-code", Handle)
            .UseCase(nameof(GetJoinCode), "Read the join code")
            .RequireScope(Scopes.ResponsesRead)
            .Example(response: JoinCodeResponse.Sample);

    private static async Task<Results<Ok<JoinCodeResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, JoinCodes codes, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.ReachableAssessments().Where(a => a.Id == id)
                .SelectMany(_ => db.JoinCodes.Where(j => j.AssessmentId == id && j.ExpiresAt > now)).AsNoTracking().SingleOrDefaultAsync(ct) is { } joinCode
            ? TypedResults.Ok(codes.Show(caller.TenantId, joinCode))
            : Problems.NotFound("join_code");
    }
}
