using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>One standard: what it says, its place in the framework, and what replaces it.</summary>
internal static class GetStandard
{
    public static void Map(RouteGroupBuilder standards) =>
        standards.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetStandard), "Read a standard")
            .RequireScope(Scopes.StandardsRead)
            .Example(response: StandardResponse.Sample);

    private static async Task<Results<Ok<StandardResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, StandardReader standards, CancellationToken ct) =>
        await standards.FindAsync(id, ct) is { } found ? TypedResults.Ok(found) : Problems.NotFound("standard");
}
