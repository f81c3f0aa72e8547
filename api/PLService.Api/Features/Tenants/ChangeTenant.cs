using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Tenants;

/// <summary>
/// Changes the tenant's settings. Results that are frozen already keep the group size that they were frozen with. Switching local accounts off ends
/// every session of theirs with its next request, your own too if you are signed in so.
/// </summary>
internal static class ChangeTenant
{
    /// <param name="Name">Its name, 200 characters at most.</param>
    /// <param name="MinimumGroupSize">1 to 100; groups with fewer respondents are withheld.</param>
    /// <param name="LocalAccounts">False lets people sign in through the tenant's identity providers alone; stays as it is when it is left out.</param>
    /// <param name="AccessRequests">Whether somebody whom one of the tenant's identity providers knows, and nobody here, may ask for a role; stays as it is when it is left out.</param>
    public sealed record Request(string Name, int MinimumGroupSize, bool? LocalAccounts = null, bool? AccessRequests = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Tenant.NameMaxLength);
            RuleFor(request => request.MinimumGroupSize).InclusiveBetween(1, Tenant.LargestMinimumGroupSize);
        }
    }

    public static void Map(RouteGroupBuilder tenant) =>
        tenant.MapPut("/", Handle)
            .UseCase(nameof(ChangeTenant), "Change the tenant's settings")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Example(new Request("Example State", 5, true, true), GetTenant.Response.Sample);

    private static async Task<Results<Ok<GetTenant.Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, IfMatch ifMatch, PersonSessions sessions, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var tenant = await db.Tenants.SingleAsync(ct);
        if (ifMatch.Refuses(tenant.Version) is { } stale)
            return stale;

        // The sessions of local accounts end with the accounts' use: each request asks for its own, so their access tokens end with them.
        if (request.LocalAccounts is false && tenant.LocalAccounts)
            await sessions.RevokeEverybodysAsync(RevocationReason.RevokedByAdmin, ct);
        tenant.Change(request.Name, request.MinimumGroupSize, request.LocalAccounts ?? tenant.LocalAccounts, request.AccessRequests ?? tenant.AccessRequests);
        audit.Record("tenant.changed", tenant.Id, organizationId: null, request);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(GetTenant.Response.Of(tenant));
    }
}
