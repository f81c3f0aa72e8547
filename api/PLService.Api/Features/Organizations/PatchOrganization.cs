using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>
/// Changes some of what an organization says of itself (JSON Merge Patch, RFC 7396): what is left out stays, null removes
/// <c>openedOn</c> and sets <c>timeZone</c> back to UTC. Kind and name cannot be removed.
/// </summary>
internal static class PatchOrganization
{
    /// <param name="Kind">What kind of node it is.</param>
    /// <param name="Name">Its name, 200 characters at most.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="OpenedOn">Its first day.</param>
    public sealed record Request(OrganizationKind? Kind = null, string? Name = null, string? TimeZone = null, DateOnly? OpenedOn = null);

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchOrganization), "Change some of an organization's details")
            .RequireScope(Scopes.OrganizationsWrite)
            .TakesPatch<Request, ReplaceOrganization.Request>()
            .Refuses(OrganizationErrors.ClosedBeforeOpened)
            .Example(new { name = "Cedar Valley School District" }, OrganizationResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<ReplaceOrganization.Request> patch, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;
        var (wanted, invalid) = patch.Apply(new(organization.Kind, organization.Name, organization.TimeZone, organization.OpenedOn));
        if (wanted is null)
            return invalid!;
        if (organization.Change(wanted.Kind, wanted.Name, wanted.TimeZone, wanted.OpenedOn) is { } refused)
            return refused.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("organization.changed", id, id, wanted);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OrganizationResponse.ReadAsync(db, id, ct));
    }
}
