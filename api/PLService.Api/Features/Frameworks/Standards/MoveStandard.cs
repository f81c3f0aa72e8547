using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Puts a standard, with all that is below it, below another one of the same framework or at the top, and at a place among its siblings. A
/// framework has 20 levels at most.
/// </summary>
internal static class MoveStandard
{
    /// <param name="ParentId">The standard above it afterwards; null for the top.</param>
    /// <param name="Position">Its place among its siblings, from 0; the last one unless given.</param>
    /// <param name="FromParentId">Which place it leaves, when it stands below several standards: the id of the parent, or that of the framework for the top.</param>
    public sealed record Request(Guid? ParentId, int? Position = null, Guid? FromParentId = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Position).InclusiveBetween(0, FrameworkLimits.Standards);
    }

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapPost("/{id:guid}/move", Handle)
            .UseCase(nameof(MoveStandard), "Move a standard")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(
                FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, StandardErrors.UnknownParent, StandardErrors.Cycle, StandardErrors.TooDeep,
                StandardErrors.SeveralParents, StandardErrors.NotThere)
            .Example(new Request(StandardResponse.Sample.ParentIds[0], 2), StandardResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<StandardResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, StandardTree tree, StandardReader standards, AuditTrail audit, CancellationToken ct)
    {
        if (await db.LockStandardAsync(id, ct) is not ({ } standard, { } framework))
            return Problems.NotFound("standard");
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(standard.Version) is { } stale)
            return stale;
        if (await tree.MoveAsync(framework, standard, request.ParentId, request.FromParentId, request.Position, ct) is { } refused)
            return refused.ToConflict();

        db.Touch(standard);
        db.Touch(framework);
        audit.Record("standard.moved", id, organizationId: null, new { framework = framework.Code, request.ParentId, request.Position });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await standards.ReadAsync(id, ct));
    }
}
