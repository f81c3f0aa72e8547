using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Features.Frameworks.Crosswalks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>The links of a standard in all frameworks, those that lead from it and those that lead to it, its places in the tree included.</summary>
internal static class ListStandardAssociations
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only links that lead from the standard (<c>outgoing</c>), or only those that lead to it (<c>incoming</c>).</summary>
        public AssociationDirection? Direction { get; init; }

        /// <summary>Only of this type: <c>exactMatchOf</c>.</summary>
        public string? Type { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Type).AssociationType();
    }

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapQuery("/{id:guid}/associations", Handle)
            .UseCase(nameof(ListStandardAssociations), "List the links of a standard")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<AssociationResponse>([AssociationResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<AssociationResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, AssociationReader associations, CancellationToken ct)
    {
        if (!await db.StandardNamed(id).AnyAsync(ct))
            return Problems.NotFound("standard");

        var (found, count) = await associations.ReadAsync(
            new(request.Cursor, request.Take + 1, request.Count is true)
            {
                OriginId = request.Direction is AssociationDirection.Outgoing ? id : null,
                DestinationId = request.Direction is AssociationDirection.Incoming ? id : null,
                EitherId = request.Direction is null ? id : null,
                Type = request.Type,
                WithTree = true,
            },
            ct);
        return TypedResults.Ok(Page.Of(found, request.Take, AssociationReader.Keys, count));
    }
}

/// <summary>Which way a link leads, seen from a standard.</summary>
public enum AssociationDirection
{
    Outgoing,
    Incoming,
}
