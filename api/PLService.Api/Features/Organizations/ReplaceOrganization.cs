using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>
/// Replaces what an organization says of itself. Its place in the tree, its outside ids and its status have operations of their own.
/// What is the same already changes nothing, and the version stays.
/// </summary>
internal static class ReplaceOrganization
{
    /// <param name="Kind">What kind of node it is.</param>
    /// <param name="Name">Its name, 200 characters at most.</param>
    /// <param name="TimeZone">IANA name; UTC unless given.</param>
    /// <param name="OpenedOn">Its first day, when known.</param>
    public sealed record Request(OrganizationKind Kind, string Name, string TimeZone = "UTC", DateOnly? OpenedOn = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).IsInEnum();
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Organization.NameMaxLength);
            RuleFor(request => request.TimeZone).TimeZone();
        }
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceOrganization), "Replace an organization's details")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(OrganizationErrors.ClosedBeforeOpened)
            .Example(new Request(OrganizationKind.District, "Cedar Valley School District", "America/Los_Angeles"), OrganizationResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;
        if (organization.Change(request.Kind, request.Name, request.TimeZone, request.OpenedOn) is { } refused)
            return refused.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("organization.changed", id, id, request);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OrganizationResponse.ReadAsync(db, id, ct));
    }
}
