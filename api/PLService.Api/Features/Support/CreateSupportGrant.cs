using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Support;

/// <summary>
/// Lets those who run the service look into the tenant for some hours, 72 at most: they see what the role reads, in the whole tenant or below one
/// organization, and can change nothing. Each request of theirs leaves an audit event (<c>supportGrant.read</c>) with who it was and what was asked.
/// </summary>
internal static class CreateSupportGrant
{
    /// <param name="Reason">What support shall look at, 500 characters at most.</param>
    /// <param name="Hours">For how long, 1 to 72.</param>
    /// <param name="Role">What support sees: whatever this role reads.</param>
    /// <param name="OrganizationId">The root of where; none is the whole tenant.</param>
    public sealed record Request(string Reason, int Hours = 8, Role Role = Role.Viewer, Guid? OrganizationId = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Reason).NotEmpty().MaximumLength(SupportGrant.ReasonMaxLength);
            RuleFor(request => request.Hours).InclusiveBetween(1, SupportGrant.MaxHours);
            RuleFor(request => request.Role).IsInEnum();
        }
    }

    public static void Map(RouteGroupBuilder grants) =>
        grants.MapPost("/", Handle)
            .UseCase(nameof(CreateSupportGrant), "Grant support access")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .MayNotExist()
            .Example(
                new Request(SupportGrantResponse.Sample.Reason, 8, SupportGrantResponse.Sample.Role, SupportGrantResponse.Sample.OrganizationId), SupportGrantResponse.Sample);

    private static async Task<Results<Created<SupportGrantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (request.OrganizationId is { } organization && !await db.Organizations.AnyAsync(o => o.Id == organization, ct))
            return Problems.NotFound("organization");

        var grant = SupportGrant.Create(request.Role, request.OrganizationId, request.Reason, clock.GetUtcNow().AddHours(request.Hours));
        db.Add(grant);
        audit.Record("supportGrant.created", grant.Id, grant.OrganizationId, new { grant.Role, grant.ExpiresAt });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created(
            $"/v1/support-grants/{grant.Id}", await db.SupportGrants.Where(g => g.Id == grant.Id).Select(SupportGrantResponse.From).SingleAsync(ct));
    }
}
