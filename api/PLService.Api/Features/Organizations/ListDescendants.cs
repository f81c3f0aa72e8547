using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>The organizations below one, itself left out, by name; narrowed by any of the filters together.</summary>
internal static class ListDescendants
{
    public sealed class Request : PageRequest
    {
        /// <summary>How many levels down to go; 1 is children only. All unless given.</summary>
        public int? Depth { get; init; }

        /// <summary>Only this kind.</summary>
        public OrganizationKind? Kind { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Depth).InclusiveBetween(1, Organization.MaxDepth);
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapQuery("/{id:guid}/descendants", Handle)
            .UseCase(nameof(ListDescendants), "List the organizations below one")
            .RequireScope(Scopes.OrganizationsRead)
            .Validate<Request>()
            .Example(response: new Page<OrganizationResponse>([OrganizationResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<OrganizationResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachableOrganizations().AnyAsync(o => o.Id == id, ct))
            return Problems.NotFound("organization");

        var deepest = request.Depth ?? Organization.MaxDepth;
        var below = db.Organizations.Where(o => db.OrganizationClosure.Any(c => c.AncestorId == id && c.DescendantId == o.Id && c.Depth > 0 && c.Depth <= deepest));
        if (request.Kind is { } kind)
            below = below.Where(o => o.Kind == kind);
        return TypedResults.Ok(await OrganizationPages.ByNameAsync(below, request, db, ct));
    }
}
