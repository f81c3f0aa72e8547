using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>What you asked for and what became of it, the newest first.</summary>
internal static class ListMyAccessRequests
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder mine) =>
        mine.MapQuery("/", Handle)
            .UseCase(nameof(ListMyAccessRequests), "List your requests for roles")
            .RequireSomebody()
            .Validate<Request>()
            .Example(response: new Page<AccessRequestResponse>([AccessRequestResponse.Sample], null, null));

    private static async Task<Ok<Page<AccessRequestResponse>>> Handle([AsParameters] Request request, AskerDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var found = desk.Own();
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(r => r.Id < last);
        var fetched = await found.OrderByDescending(r => r.Id).Take(request.Take + 1).Select(AccessRequestResponse.From(db)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(fetched, request.Take, r => [r.Id.ToString()], count));
    }
}
