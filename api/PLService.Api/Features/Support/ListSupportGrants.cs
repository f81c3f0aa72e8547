using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Support;

/// <summary>Every support access that was granted, the newest first, ended ones included. Who used it is in the audit trail, by <c>resourceId</c>.</summary>
internal static class ListSupportGrants
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder grants) =>
        grants.MapQuery("/", Handle)
            .UseCase(nameof(ListSupportGrants), "List support access")
            .RequireScope(Scopes.TenantRead)
            .RequireWholeTenant()
            .Validate<Request>()
            .Example(response: new Page<SupportGrantResponse>([SupportGrantResponse.Sample], null, null));

    private static async Task<Ok<Page<SupportGrantResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var count = request.Count is true ? await db.SupportGrants.LongCountAsync(ct) : (long?)null;
        var found = Cursor.Id(request.Cursor) is { } last ? db.SupportGrants.Where(grant => grant.Id < last) : db.SupportGrants;
        var page = await found.OrderByDescending(grant => grant.Id).Take(request.Take + 1).Select(SupportGrantResponse.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, grant => [grant.Id.ToString()], count));
    }
}
