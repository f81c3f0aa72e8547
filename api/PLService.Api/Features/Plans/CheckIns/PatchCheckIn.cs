using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>Changes what was said at a check-in (JSON Merge Patch, RFC 7396). The chart that it keeps stays as it stood; what became of steps is changed by undoing the check-in.</summary>
internal static class PatchCheckIn
{
    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapPatch("/{checkInId:guid}", Handle)
            .UseCase(nameof(PatchCheckIn), "Change what was said at a check-in")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<CheckInContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly)
            .Example(new { benefits = "Teachers know when they meet, and principals come." }, CheckInResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<CheckInResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid checkInId, MergePatch<CheckInContent> patch, IfMatch ifMatch, CheckInDesk desk, CancellationToken ct)
    {
        var (checkIn, refused) = await desk.RewordAsync(id, checkInId, patch, ifMatch, ct);
        return checkIn is null ? refused! : TypedResults.Ok(await desk.ResponseAsync(checkIn, ct));
    }
}
