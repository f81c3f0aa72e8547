using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Responses;

/// <summary>One rating of a named assessment. Reading is put on record.</summary>
internal static class GetRating
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapGet("/{responseId:guid}/ratings/{itemCode}", Handle)
            .UseCase(nameof(GetRating), "Read a rating")
            .RequireScope(Scopes.ResponsesRead)
            .Validate<RatingQuery>()
            .Refuses(AssessmentErrors.ResponsesAreWithheld)
            .Example(response: RatingResponse.Sample);

    private static async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, string itemCode, [AsParameters] RatingQuery query, RatingDesk desk, RatingStore store, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (element, refused) = await desk.FindAsync(id, itemCode, query.Axis, ct);
        if (element is null)
            return refused!;
        if (await store.ReadAsync(id, responseId, element, ct) is not { } state)
            return Problems.NotFound("assessment");
        if (state.Status is null)
            return Problems.NotFound("response");
        if (state.Assessment.Mode is not AssessmentMode.Named)
            return AssessmentErrors.ResponsesAreWithheld.ToConflict();

        audit.Record("response.read", responseId, state.Assessment.OrganizationId, new { item = element.Item.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(RatingResponse.Of(element, state.Level, state.Comment, withComment: true));
    }
}
