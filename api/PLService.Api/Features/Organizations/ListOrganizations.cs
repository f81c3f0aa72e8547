using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>The organizations that the token reaches, by name; narrowed by any of the filters together.</summary>
internal static class ListOrganizations
{
    public sealed class Request : PageRequest
    {
        /// <summary>Part of the name, in any case.</summary>
        public string? Name { get; init; }

        /// <summary>Only this kind.</summary>
        public OrganizationKind? Kind { get; init; }

        /// <summary>Only with this status.</summary>
        public OrganizationStatus? Status { get; init; }

        /// <summary>Only direct children of this organization.</summary>
        public Guid? ParentId { get; init; }

        /// <summary>Only this organization and everything below it.</summary>
        public Guid? AncestorId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Name).Length(2, Organization.NameMaxLength);
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapQuery("/", Handle)
            .UseCase(nameof(ListOrganizations), "List organizations")
            .RequireScope(Scopes.OrganizationsRead)
            .Validate<Request>()
            .Example(response: new Page<OrganizationResponse>([OrganizationResponse.Sample], null, null));

    private static async Task<Ok<Page<OrganizationResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.ReachableOrganizations();
        if (request.Name is { } name)
            found = found.Where(o => EF.Functions.ILike(o.Name, $"%{EscapeLike(name)}%", "\\"));
        if (request.Kind is { } kind)
            found = found.Where(o => o.Kind == kind);
        if (request.Status is { } status)
            found = found.Where(o => o.Status == status);
        if (request.ParentId is { } parent)
            found = found.Where(o => o.ParentId == parent);
        if (request.AncestorId is { } ancestor)
            found = found.Where(o => db.OrganizationClosure.Any(c => c.AncestorId == ancestor && c.DescendantId == o.Id));

        return TypedResults.Ok(await OrganizationPages.ByNameAsync(found, request, db, ct));
    }

    private static string EscapeLike(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
