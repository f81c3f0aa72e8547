using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>The frameworks that a framework has links with: how many of each type, and how many standards are not covered on each side.</summary>
internal static class ListCrosswalks
{
    /// <param name="Items">The other frameworks, by code.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <param name="Framework">The other framework.</param>
    /// <param name="Types">How many links there are of each type, in either direction.</param>
    /// <param name="Uncovered">Standards of this framework that have no link with the other one.</param>
    /// <param name="UncoveredThere">Standards of the other framework that have no link with this one.</param>
    public sealed record Item(NamedFramework Framework, IReadOnlyDictionary<string, int> Types, int Uncovered, int UncoveredThere);

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapGet("/{framework}/crosswalks", Handle)
            .UseCase(nameof(ListCrosswalks), "List the crosswalks of a framework")
            .RequireScope(Scopes.StandardsRead)
            .Example(response: new Response([new(AssociationResponse.Sample.Destination.Framework!, new Dictionary<string, int> { ["exactMatchOf"] = 7 }, 0, 1)]));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, PLServiceDbContext db, CrosswalkReader crosswalks, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).Select(f => new { f.TenantId, f.Id }).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");

        return TypedResults.Ok(new Response(await crosswalks.ListAsync(found.TenantId, found.Id, ct)));
    }
}
