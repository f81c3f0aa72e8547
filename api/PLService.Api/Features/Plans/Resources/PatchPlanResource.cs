using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>
/// Changes some of what a resource says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanResource
{
    public static void Map(RouteGroupBuilder resources) =>
        resources.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanResource), "Change a resource of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<ResourceContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent)
            .Example(PlanResourceResponse.SamplePatch, PlanResourceResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanResourceResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<ResourceContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Resource, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanResourceResponse.Of(part));
    }
}
