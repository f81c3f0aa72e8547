using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>
/// Links between standards, those of the catalog and the tenant's own; narrowed by any of the filters together. Links of trees are listed only
/// when their type, <c>isChildOf</c>, is asked for. A link that two frameworks keep is listed for each.
/// </summary>
internal static class ListAssociations
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only from standards of this framework, named by id or code.</summary>
        public string? OriginFramework { get; init; }

        /// <summary>Only to standards of this framework, named by id or code.</summary>
        public string? DestinationFramework { get; init; }

        /// <summary>Only those that this framework keeps, named by id or code.</summary>
        public string? Framework { get; init; }

        /// <summary>Only from this standard.</summary>
        public Guid? OriginId { get; init; }

        /// <summary>Only to this standard.</summary>
        public Guid? DestinationId { get; init; }

        /// <summary>Only of this type: <c>exactMatchOf</c>.</summary>
        public string? Type { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.OriginFramework).FrameworkReference();
            RuleFor(request => request.DestinationFramework).FrameworkReference();
            RuleFor(request => request.Framework).FrameworkReference();
            RuleFor(request => request.Type).AssociationType();
        }
    }

    public static void Map(RouteGroupBuilder associations) =>
        associations.MapQuery("/", Handle)
            .UseCase(nameof(ListAssociations), "List links between standards")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<AssociationResponse>([AssociationResponse.Sample], null, null));

    private static async Task<Ok<Page<AssociationResponse>>> Handle([AsParameters] Request request, AssociationReader associations, CancellationToken ct)
    {
        var (found, count) = await associations.ReadAsync(
            new(request.Cursor, request.Take + 1, request.Count is true)
            {
                OriginFramework = request.OriginFramework,
                DestinationFramework = request.DestinationFramework,
                Framework = request.Framework,
                OriginId = request.OriginId,
                DestinationId = request.DestinationId,
                Type = request.Type,
            },
            ct);
        return TypedResults.Ok(Page.Of(found, request.Take, AssociationReader.Keys, count));
    }
}
