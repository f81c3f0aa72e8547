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
/// Says that another standard, of this framework or of another one, takes this one's place: a <c>replacedBy</c> link is made, and the standard's
/// validity ends. What refers to the old one is found at the new one too, and trends go on. A standard can be replaced by several, one after the
/// other. It works in a retired framework as well: that is when it is needed.
/// </summary>
internal static class ReplaceStandardBy
{
    /// <param name="StandardId">The standard that takes its place.</param>
    /// <param name="On">The last day of the old one; today (UTC) unless given or ended before.</param>
    public sealed record Request(Guid StandardId, DateOnly? On = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.StandardId).NotEmpty();
    }

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapPost("/{id:guid}/replace-by", Handle)
            .UseCase(nameof(ReplaceStandardBy), "Replace a standard by another")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(
                FrameworkErrors.IsCatalog, StandardErrors.UnknownReplacement, StandardErrors.ReplacesItself, StandardErrors.AlreadyReplaced, AssociationErrors.TooMany,
                StandardErrors.EndsBeforeItBegins)
            .Example(
                new Request(Guid.Parse("9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a"), new DateOnly(2026, 6, 30)),
                StandardResponse.Sample with
                {
                    StatusEndDate = new DateOnly(2026, 6, 30),
                    ReplacedBy = [new(Guid.Parse("9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a"), "LDR", "Leadership", "Leadership", "cedar-2027")],
                    Version = 2,
                });

    private static async Task<Results<Ok<StandardResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, AssociationDesk associations, StandardReader standards, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        await db.LockReplacementsAsync(ct);
        if (await db.LockStandardAsync(id, ct) is not ({ } standard, { } framework))
            return Problems.NotFound("standard");
        if (framework.TenantId == Guid.Empty)
            return FrameworkErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(standard.Version) is { } stale)
            return stale;
        if (await db.StandardNamed(request.StandardId).AsNoTracking().SingleOrDefaultAsync(ct) is not { } replacement)
            return StandardErrors.UnknownReplacement.ToConflict();
        if (await db.ReplacesAsync(replacement.Id, id, ct))
            return StandardErrors.ReplacesItself.ToConflict();
        if (await db.StandardAssociations.AnyAsync(a => a.Type == AssociationTypes.ReplacedBy && a.OriginId == id && a.DestinationId == replacement.Id, ct))
            return StandardErrors.AlreadyReplaced.ToConflict();

        var now = clock.GetUtcNow();
        var item = CaseObject.Read(standard.Body);
        var last = request.On ?? item.Date("statusEndDate") ?? DateOnly.FromDateTime(now.UtcDateTime);
        if (item.Date("statusStartDate") is { } first && last < first)
            return StandardErrors.EndsBeforeItBegins.ToConflict();
        if (await associations.AddAsync(framework, AssociationTypes.ReplacedBy, standard, replacement, null, ct) is not { } link)
            return AssociationErrors.TooMany.ToConflict();

        standard.Annotate(item.With("statusEndDate", last).Changed(now).Write());
        audit.Record("standard.replaced", id, organizationId: null, new { framework = framework.Code, standard.Code, by = replacement.Id, association = link.Id });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await standards.ReadAsync(id, ct));
    }
}
