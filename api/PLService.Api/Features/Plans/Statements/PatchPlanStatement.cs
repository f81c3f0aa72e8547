using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Statements;

/// <summary>
/// Changes some of what an if / then statement says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanStatement
{
    public static void Map(RouteGroupBuilder statements) =>
        statements.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanStatement), "Change an if / then statement of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<StatementContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly)
            .Example(PlanStatementResponse.SamplePatch, PlanStatementResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanStatementResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<StatementContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Statement, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanStatementResponse.Of(part));
    }
}
