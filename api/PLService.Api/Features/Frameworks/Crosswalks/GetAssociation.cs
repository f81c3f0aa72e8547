using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>One link with what its ends are called.</summary>
internal static class GetAssociation
{
    public static void Map(RouteGroupBuilder associations) =>
        associations.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetAssociation), "Read a link")
            .RequireScope(Scopes.StandardsRead)
            .Example(response: AssociationResponse.Sample);

    private static async Task<Results<Ok<AssociationResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, AssociationReader associations, CancellationToken ct)
    {
        // Two frameworks may keep the same link; the tenant's own answers for it.
        var (found, _) = await associations.ReadAsync(new(null, PageRequest.MaxLimit, false) { Id = id, WithTree = true }, ct);
        return found.OrderBy(link => link.Framework.Catalog).FirstOrDefault() is { } link ? TypedResults.Ok(link) : Problems.NotFound("association");
    }
}
