using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Support;

/// <summary>Ends a support access before its time; whoever uses it is out with the next request.</summary>
internal static class EndSupportGrant
{
    public static void Map(RouteGroupBuilder grants) =>
        grants.MapPost("/{id:guid}/end", Handle)
            .UseCase(nameof(EndSupportGrant), "End a support access")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Refuses(SupportErrors.HasEnded)
            .Example(response: SupportGrantResponse.Sample with { EndedAt = SupportGrantResponse.Sample.CreatedAt.AddHours(1), Version = 2 });

    private static async Task<Results<Ok<SupportGrantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.SupportGrants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { } grant)
            return Problems.NotFound("support_grant");
        if (ifMatch.Refuses(grant.Version) is { } stale)
            return stale;
        if (grant.End(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("supportGrant.ended", id, grant.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await db.SupportGrants.Where(g => g.Id == id).Select(SupportGrantResponse.From).SingleAsync(ct));
    }
}
