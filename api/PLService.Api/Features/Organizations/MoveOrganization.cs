using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

/// <summary>
/// Puts an organization, with everything below it, under another parent; both must be within the token's reach, and only a token for the
/// whole tenant can make it a root. Roll-ups of the organizations that it leaves and joins are right when this answers.
/// </summary>
internal static class MoveOrganization
{
    /// <param name="ParentId">The new parent; null makes it a root.</param>
    public sealed record Request(Guid? ParentId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.ParentId).NotEqual(Guid.Empty);
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/{id:guid}/move", Handle)
            .UseCase(nameof(MoveOrganization), "Move an organization in the tree")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(OrganizationErrors.UnknownParent, OrganizationErrors.Cycle, OrganizationErrors.TooDeep)
            .Example(new Request(OrganizationResponse.Sample.ParentId), OrganizationResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, OrganizationTree tree, CancellationToken ct)
    {
        await db.LockOrganizationTreeAsync(ct);
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;
        if (await tree.MoveAsync(organization, request.ParentId, ct) is { } refused)
            return refused.ToConflict();

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OrganizationResponse.ReadAsync(db, id, ct));
    }
}
