using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>One of the requests that you made.</summary>
internal static class GetMyAccessRequest
{
    public static void Map(RouteGroupBuilder mine) =>
        mine.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetMyAccessRequest), "Read a request of yours")
            .RequireSomebody()
            .Example(response: AccessRequestResponse.Sample);

    private static async Task<Results<Ok<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, AskerDesk desk, PLServiceDbContext db, CancellationToken ct) =>
        await desk.Own().Where(r => r.Id == id).Select(AccessRequestResponse.From(db)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("access_request");
}
