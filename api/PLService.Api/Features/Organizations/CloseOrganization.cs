using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Closes an organization, naming who took over when somebody did. Its history stays and can be read; it can be reopened.</summary>
internal static class CloseOrganization
{
    /// <param name="ClosedOn">Its last day.</param>
    /// <param name="SuccessorId">The organization that took over, when one did.</param>
    public sealed record Request(DateOnly ClosedOn, Guid? SuccessorId = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.SuccessorId).NotEqual(Guid.Empty);
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/{id:guid}/close", Handle)
            .UseCase(nameof(CloseOrganization), "Close an organization")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(
                OrganizationErrors.AlreadyClosed, OrganizationErrors.OwnSuccessor, OrganizationErrors.ClosedBeforeOpened, OrganizationErrors.UnknownSuccessor)
            .Example(
                new Request(new DateOnly(2027, 6, 30)),
                OrganizationResponse.Sample with { Status = OrganizationStatus.Closed, ClosedOn = new DateOnly(2027, 6, 30), Version = 2 });

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;
        if (request.SuccessorId is { } successor && !await db.ReachableOrganizations().AnyAsync(o => o.Id == successor, ct))
            return OrganizationErrors.UnknownSuccessor.ToConflict();
        if (organization.Close(request.ClosedOn, request.SuccessorId) is { } refused)
            return refused.ToConflict();

        audit.Record("organization.closed", id, id, request);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OrganizationResponse.ReadAsync(db, id, ct));
    }
}
