using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>Publishes a draft: from now on a standard that gets other words keeps the old ones in its history, and none is deleted.</summary>
internal static class PublishFramework
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/{framework}/publish", Handle)
            .UseCase(nameof(PublishFramework), "Publish a framework")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.NotDraft)
            .Example(response: FrameworkResponse.Sample with { Status = FrameworkStatus.Published, PublishedAt = FrameworkResponse.SampleTime, Version = 2 });

    private static async Task<Results<Ok<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, IfMatch ifMatch, PLServiceDbContext db, FrameworkDesk desk, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        if (found.TenantId == Guid.Empty)
            return FrameworkErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(found.Version) is { } stale)
            return stale;
        if (found.Publish(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("framework.published", found.Id, organizationId: null, new { found.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await desk.ReadAsync(found.Id.ToString(), ct))!);
    }
}
