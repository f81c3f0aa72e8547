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
/// Creates the organization that has this outside id, or brings it up to date: made for scripts that know no other ids. The header
/// <c>PLService-Outcome</c> says <c>created</c> (201), <c>updated</c> or <c>unchanged</c> (200); unchanged leaves the version alone.
/// Optional members that are left out stay as they are. If-Match is not needed here; when it is sent, it is honoured.
/// </summary>
internal static class PutOrganizationByIdentifier
{
    public const string OutcomeHeader = "PLService-Outcome";

    /// <param name="Kind">What kind of node it is.</param>
    /// <param name="Name">Its name, 200 characters at most.</param>
    /// <param name="Parent">The organization above it. Left out: a new organization is a root, a known one stays where it is.</param>
    /// <param name="TimeZone">IANA name; UTC for a new organization unless given.</param>
    /// <param name="OpenedOn">Its first day, when known.</param>
    public sealed record Request(OrganizationKind Kind, string Name, ParentReference? Parent = null, string? TimeZone = null, DateOnly? OpenedOn = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).IsInEnum();
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Organization.NameMaxLength);
            RuleFor(request => request.TimeZone!).TimeZone().When(request => request.TimeZone is not null);
            RuleFor(request => request.Parent!).SetValidator(new ParentReferenceValidator()).When(request => request.Parent is not null);
        }
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPut("/by-id/{system}/{value}", Handle)
            .UseCase(nameof(PutOrganizationByIdentifier), "Create or update an organization by its outside id")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .AnswersWith(OutcomeHeader, "created, updated or unchanged")
            .Refuses(
                OrganizationErrors.UnknownParent, OrganizationErrors.Cycle, OrganizationErrors.TooDeep, OrganizationErrors.IdentifierTaken,
                OrganizationErrors.ClosedBeforeOpened)
            .Example(
                new Request(OrganizationKind.District, "Cedar Valley School District", new ParentReference(System: "state", Value: "EX"), "America/Los_Angeles"),
                OrganizationResponse.Sample);

    private static async Task<Results<Ok<OrganizationResponse>, Created<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string system, string value, Request request, IfMatch? ifMatch, HttpResponse response, OrganizationUpsert upsert, PLServiceDbContext db, CancellationToken ct)
    {
        var outsideId = OutsideId.FromPath(system, value);
        if (outsideId.FaultsInPath(new OutsideIdValidator()) is { Count: > 0 } faults)
            return Problems.Invalid(faults);

        // Two scripts that send the same new organization must not both find that it is missing.
        await db.LockOrganizationTreeAsync(ct);
        var known = await db.ReachableOrganizations().WithOutsideId(db, outsideId).SingleOrDefaultAsync(ct);
        if (known is null ? ifMatch?.RefusesAbsence() is { } failed : (failed = ifMatch?.Refuses(known.Version)) is not null)
            return failed!;

        var (organization, outcome, refused) = known is null ? await upsert.CreateAsync(outsideId, request, ct) : await upsert.UpdateAsync(known, request, ct);
        if (refused is not null)
            return refused.ToConflict();

        response.Headers[OutcomeHeader] = outcome;
        var stored = await OrganizationResponse.ReadAsync(db, organization.Id, ct);
        return known is null ? TypedResults.Created($"/v1/organizations/{stored.Id}", stored) : TypedResults.Ok(stored);
    }
}
