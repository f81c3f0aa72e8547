using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Needs;

/// <summary>
/// Changes some of what a need says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanNeed
{
    public static void Map(RouteGroupBuilder needs) =>
        needs.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanNeed), "Change a need of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<NeedContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownSite)
            .Example(PlanNeedResponse.SamplePatch, PlanNeedResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanNeedResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<NeedContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Need, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanNeedResponse.Of(part));
    }
}
