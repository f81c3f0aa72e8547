using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

/// <summary>Adds an organization to the tree, below a parent that the token reaches; only a token for the whole tenant can add a root.</summary>
internal static class CreateOrganization
{
    /// <param name="Kind">What kind of node it is.</param>
    /// <param name="Name">Its name, 200 characters at most.</param>
    /// <param name="ParentId">The organization above it; none for a root.</param>
    /// <param name="TimeZone">IANA name; UTC unless given.</param>
    /// <param name="OpenedOn">Its first day, when known.</param>
    /// <param name="Identifiers">Outside ids, 50 at most; leading zeros are kept.</param>
    public sealed record Request(
        OrganizationKind Kind, string Name, Guid? ParentId = null, string TimeZone = "UTC", DateOnly? OpenedOn = null, IReadOnlyList<OutsideId>? Identifiers = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).IsInEnum();
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Organization.NameMaxLength);
            RuleFor(request => request.TimeZone).TimeZone();
            RuleFor(request => request.Identifiers).Must(ids => ids is null || ids.Count <= OrganizationIdentifier.MaxPerOrganization)
                .WithErrorCode("value.too_many").WithMessage($"An organization has at most {OrganizationIdentifier.MaxPerOrganization} outside ids.");
            RuleForEach(request => request.Identifiers).NotNull().SetValidator(new OutsideIdValidator());
        }
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/", Handle)
            .UseCase(nameof(CreateOrganization), "Add an organization")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(OrganizationErrors.UnknownParent, OrganizationErrors.TooDeep, OrganizationErrors.IdentifierTaken)
            .Example(
                new Request(OrganizationKind.District, "Cedar Valley School District", OrganizationResponse.Sample.ParentId, "America/Los_Angeles", null, [new("nces", "9900030")]),
                OrganizationResponse.Sample);

    private static async Task<Results<Created<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, OrganizationTree tree, AuditTrail audit, CancellationToken ct)
    {
        await db.LockOrganizationTreeAsync(ct);
        var organization = Organization.Create(request.Kind, request.Name, request.TimeZone, request.ParentId, request.OpenedOn);
        if (await tree.PlantAsync(organization, request.ParentId, ct) is { } refused)
            return refused.ToConflict();

        db.AddRange((request.Identifiers ?? []).Select(id => new OrganizationIdentifier { OrganizationId = organization.Id, System = id.System, Value = id.Value }));
        audit.Record("organization.created", organization.Id, organization.Id, new { request.Name, request.Kind, request.ParentId });
        if (await db.TrySaveAsync(OrganizationErrors.IdentifierTaken, ct) is { } taken)
            return taken.ToConflict();

        return TypedResults.Created($"/v1/organizations/{organization.Id}", await OrganizationResponse.ReadAsync(db, organization.Id, ct));
    }
}
