using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>
/// Replaces what a framework says of itself; its code stays, and so do its standards. What is the same already changes nothing, and the
/// version stays.
/// </summary>
internal static class ReplaceFramework
{
    public sealed record Request : FrameworkDetails
    {
        internal new static Request Sample => new()
        {
            Title = FrameworkDetails.Sample.Title,
            Creator = FrameworkDetails.Sample.Creator,
            AdoptionStatus = "Adopted",
            StatusStartDate = new DateOnly(2026, 7, 1),
        };
    }

    public sealed class Validator : FrameworkDetailsValidator<Request>;

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPut("/{framework}", Handle)
            .UseCase(nameof(ReplaceFramework), "Replace a framework's details")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired)
            .Example(Request.Sample, FrameworkResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, Request request, IfMatch ifMatch, PLServiceDbContext db, FrameworkDesk desk, AuditTrail audit, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        if (found.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(found.Version) is { } stale)
            return stale;
        if (await desk.DescribeAsync(found, request, ct) is { } refused)
            return refused.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("framework.changed", found.Id, organizationId: null, new { found.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await desk.ReadAsync(found.Id.ToString(), ct))!);
    }
}
