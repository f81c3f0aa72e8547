using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Ends an outside id: it stays in the organization's history, and another organization may have it then.</summary>
internal static class EndIdentifier
{
    /// <param name="ValidTo">Its last day; not in the future. Today, in the organization's time zone, unless given.</param>
    public sealed record Request(DateOnly? ValidTo = null);

    // The rules need the organization's dates, so the domain has them all.
    public sealed class Validator : AbstractValidator<Request>;

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/{id:guid}/identifiers/{identifierId:guid}/end", Handle)
            .UseCase(nameof(EndIdentifier), "End an outside id")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(OrganizationErrors.IdentifierEnded, OrganizationErrors.IdentifierInFuture, OrganizationErrors.IdentifierEndsBeforeItBegins)
            .Example(new Request(new DateOnly(2026, 6, 30)), IdentifierResponse.Sample with { ValidTo = new DateOnly(2026, 6, 30) });

    private static async Task<Results<Ok<IdentifierResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid identifierId, Request request, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        await db.LockOrganizationAsync(id, ct);
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (await db.OrganizationIdentifiers.SingleOrDefaultAsync(i => i.OrganizationId == id && i.Id == identifierId, ct) is not { } identifier)
            return Problems.NotFound("identifier");

        var today = organization.Today(clock.GetUtcNow());
        if (identifier.End(request.ValidTo ?? today, today) is { } refused)
            return refused.ToConflict();

        db.Touch(organization);
        audit.Record("organization.identifierEnded", id, id, new { identifier.System, identifier.Value, identifier.ValidTo });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(IdentifierResponse.Of(identifier));
    }
}
