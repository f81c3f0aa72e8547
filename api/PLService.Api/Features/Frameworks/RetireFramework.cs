using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>Retires a published framework: it is only read from then on, and what refers to it goes on doing so. Its standards can still be replaced by others.</summary>
internal static class RetireFramework
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/{framework}/retire", Handle)
            .UseCase(nameof(RetireFramework), "Retire a framework")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.NotPublished)
            .Example(response: FrameworkResponse.Sample with { Status = FrameworkStatus.Retired, RetiredAt = FrameworkResponse.SampleTime, Version = 2 });

    private static async Task<Results<Ok<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, IfMatch ifMatch, PLServiceDbContext db, FrameworkDesk desk, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        if (found.TenantId == Guid.Empty)
            return FrameworkErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(found.Version) is { } stale)
            return stale;
        if (found.Retire(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("framework.retired", found.Id, organizationId: null, new { found.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await desk.ReadAsync(found.Id.ToString(), ct))!);
    }
}
