using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>
/// Links two standards of any frameworks that you can read. The link is kept in a framework of the tenant, which need not be that of either end.
/// A framework keeps 500,000 links at most. Places in a tree and replacements have operations of their own.
/// </summary>
internal static class CreateAssociation
{
    /// <param name="Framework">The framework that keeps it, named by id or code.</param>
    /// <param name="Type">A type of CASE association: <c>exactMatchOf</c>, <c>isRelatedTo</c>, <c>isPartOf</c>, ..., or ext: and a word.</param>
    /// <param name="OriginId">The standard from which it leads.</param>
    /// <param name="DestinationId">The standard that it leads to.</param>
    /// <param name="Notes">Notes, 20,000 characters at most.</param>
    public sealed record Request(string Framework, string Type, Guid OriginId, Guid DestinationId, string? Notes = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Framework).NotEmpty().FrameworkReference();
            RuleFor(request => request.Type).NotEmpty().AssociationType();
            RuleFor(request => request.OriginId).NotEmpty();
            RuleFor(request => request.DestinationId).NotEmpty();
            RuleFor(request => request.Notes).Length(1, FrameworkLimits.TextLength);
        }
    }

    public static void Map(RouteGroupBuilder associations) =>
        associations.MapPost("/", Handle)
            .UseCase(nameof(CreateAssociation), "Link two standards")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(
                AssociationErrors.UnknownFramework, FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, AssociationErrors.IsTree, AssociationErrors.IsReplacement,
                AssociationErrors.LinksItself, AssociationErrors.UnknownOrigin, AssociationErrors.UnknownDestination, AssociationErrors.Exists, AssociationErrors.TooMany)
            .Example(
                new Request("cedar-2026", "exactMatchOf", AssociationResponse.Sample.Origin.Id!.Value, AssociationResponse.Sample.Destination.Id!.Value),
                AssociationResponse.Sample);

    private static async Task<Results<Created<AssociationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, AssociationDesk desk, AssociationReader associations, AuditTrail audit, CancellationToken ct)
    {
        if (Refuse(request) is { } wrong)
            return wrong.ToConflict();
        if (await db.FrameworkNamed(request.Framework).AsNoTracking().SingleOrDefaultAsync(ct) is not { } named)
            return AssociationErrors.UnknownFramework.ToConflict();
        await db.LockFrameworkAsync(named.Id, ct);
        if (await db.FrameworkNamed(named.Id.ToString()).SingleOrDefaultAsync(ct) is not { } framework)
            return AssociationErrors.UnknownFramework.ToConflict();
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (await db.StandardNamed(request.OriginId).AsNoTracking().SingleOrDefaultAsync(ct) is not { } origin)
            return AssociationErrors.UnknownOrigin.ToConflict();
        if (await db.StandardNamed(request.DestinationId).AsNoTracking().SingleOrDefaultAsync(ct) is not { } destination)
            return AssociationErrors.UnknownDestination.ToConflict();
        if (await db.StandardAssociations.AnyAsync(
            a => a.FrameworkId == framework.Id && a.Type == request.Type && a.OriginId == origin.Id && a.DestinationId == destination.Id, ct))
            return AssociationErrors.Exists.ToConflict();
        if (await desk.AddAsync(framework, request.Type, origin, destination, request.Notes, ct) is not { } link)
            return AssociationErrors.TooMany.ToConflict();

        audit.Record("association.created", link.Id, organizationId: null, new { framework = framework.Code, request.Type, request.OriginId, request.DestinationId });
        await db.SaveChangesAsync(ct);
        var (made, _) = await associations.ReadAsync(new(null, 1, false) { Id = link.Id }, ct);
        return TypedResults.Created($"/v1/associations/{link.Id}", made[0]);
    }

    private static Domain.DomainError? Refuse(Request request) =>
        request.Type == AssociationTypes.IsChildOf ? AssociationErrors.IsTree
        : request.Type == AssociationTypes.ReplacedBy ? AssociationErrors.IsReplacement
        : request.OriginId == request.DestinationId ? AssociationErrors.LinksItself
        : null;
}
