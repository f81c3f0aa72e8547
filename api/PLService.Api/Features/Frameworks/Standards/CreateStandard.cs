using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Adds a standard to a framework, below another one or at the top, and at a place among its siblings. A framework has 100,000 standards at
/// most, in 20 levels.
/// </summary>
internal static class CreateStandard
{
    public sealed record Request : StandardDetails
    {
        /// <summary>The standard above it; none for the top.</summary>
        public Guid? ParentId { get; init; }

        /// <summary>Its place among its siblings, from 0; the last one unless given.</summary>
        public int? Position { get; init; }
    }

    public sealed class Validator : StandardDetailsValidator<Request>
    {
        public Validator() => RuleFor(request => request.Position).InclusiveBetween(0, FrameworkLimits.Standards);
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/{framework}/standards", Handle)
            .UseCase(nameof(CreateStandard), "Add a standard")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(
                FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, FrameworkErrors.TooManyStandards, StandardErrors.UnknownParent, StandardErrors.TooDeep)
            .Example(
                new Request
                {
                    Code = "LEA",
                    Label = "Leadership",
                    Statement = StandardResponse.Sample.Statement,
                    ItemType = "Standard",
                    ParentId = StandardResponse.Sample.ParentIds[0],
                    Position = 0,
                },
                StandardResponse.Sample);

    private static async Task<Results<Created<StandardResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, Request request, PLServiceDbContext db, StandardTree tree, StandardReader standards, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).AsNoTracking().SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        await db.LockFrameworkAsync(found.Id, ct);
        // Somebody may have retired or deleted it before the lock was there.
        if (await db.FrameworkNamed(found.Id.ToString()).SingleOrDefaultAsync(ct) is not { } current)
            return Problems.NotFound("framework");
        if (current.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        var last = await db.Standards.Where(s => s.FrameworkId == current.Id)
            .GroupBy(s => s.FrameworkId).Select(all => new { Count = all.Count(), Position = all.Max(s => s.Position) }).SingleOrDefaultAsync(ct);
        if (last?.Count >= FrameworkLimits.Standards)
            return FrameworkErrors.TooManyStandards.ToConflict();

        var (id, wording) = (Guid.NewGuid(), StandardBody.WordingOf(request));
        var body = StandardBody.Write(CaseBodies.Item(id, wording, request.ItemType, clock.GetUtcNow()), request);
        var standard = Standard.Create(id, current.Id, (last?.Position ?? -1) + 1, wording, request.ItemType, body.Write());
        if (await tree.PlantAsync(current, standard, request.ParentId, request.Position, ct) is { } refused)
            return refused.ToConflict();

        db.Add(standard);
        db.Touch(current);
        audit.Record("standard.created", id, organizationId: null, new { framework = current.Code, standard.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/standards/{id}", await standards.ReadAsync(id, ct));
    }
}
