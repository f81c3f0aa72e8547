using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Takes back what you asked for, before anybody decides.</summary>
internal static class WithdrawAccessRequest
{
    public static void Map(RouteGroupBuilder requests) =>
        requests.MapPost("/{id:guid}/withdraw", Handle)
            .UseCase(nameof(WithdrawAccessRequest), "Withdraw a request of yours")
            .RequireSomebody()
            .Refuses(AccessRequestErrors.Decided)
            .Example(response: AccessRequestResponse.Sample with { Status = AccessRequestStatus.Withdrawn, DecidedAt = AccessRequestResponse.Sample.CreatedAt.AddHours(1), Version = 2 });

    private static async Task<Results<Ok<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, AskerDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Own().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
            return Problems.NotFound("access_request");
        if (ifMatch.Refuses(request.Version) is { } stale)
            return stale;
        if (request.Withdraw(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("accessRequest.withdrawn", id, request.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await db.AccessRequests.Where(r => r.Id == id).Select(AccessRequestResponse.From(db)).SingleAsync(ct));
    }
}
