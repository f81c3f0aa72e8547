using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// The tree of a framework as a list: each standard directly behind those that it stands below, siblings by the sequence number of their
/// place, then by their number in a printed list, then as they came in. A standard that stands below several others is listed below each of them;
/// one whose parent is not there is listed at the top. Of a tree with more than 200,000 places or 100 levels, the rest is left out.
/// </summary>
internal static class ListStandards
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only what stands below this standard.</summary>
        public Guid? ParentId { get; init; }

        /// <summary>How many levels to go down, 1 to 100; all unless given.</summary>
        public int? Depth { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.Depth).InclusiveBetween(1, FrameworkLimits.ReadDepth);
            RuleFor(request => request.Cursor).Must(cursor => cursor is null || PathIn(cursor) is not null)
                .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
        }
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapQuery("/{framework}/standards", Handle)
            .UseCase(nameof(ListStandards), "List the standards of a framework")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<PlacedStandard>([PlacedStandard.Sample], null, null));

    private static async Task<Results<Ok<Page<PlacedStandard>>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, [AsParameters] Request request, TreeReader trees, CancellationToken ct)
    {
        var (exists, places, count) = await trees.ReadAsync(
            new(framework, request.ParentId, request.Depth ?? FrameworkLimits.ReadDepth, PathIn(request.Cursor), Cursor.Id(request.Cursor), request.Take + 1,
                request.Count is true),
            ct);
        if (!exists)
            return Problems.NotFound("framework");

        var page = Page.Of(places, request.Take, place => [string.Join('.', place.Path), place.Standard.Id.ToString()], count);
        return TypedResults.Ok(new Page<PlacedStandard>([.. page.Items.Select(place => place.Standard)], page.NextCursor, page.Count));
    }

    private static int[]? PathIn(string? cursor)
    {
        if (!Cursor.TryDecode(cursor, out var keys))
            return null;
        var numbers = keys[0].Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        return numbers.Contains(-1) ? null : numbers;
    }
}

/// <summary>A standard at a place of a tree.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="ParentId">The standard that it stands below here; null at the top.</param>
/// <param name="Depth">Levels below where the list begins, from 0.</param>
/// <param name="Children">How many standards stand directly below it.</param>
/// <param name="Code">How people cite it.</param>
/// <param name="Label">A short form.</param>
/// <param name="Statement">The whole text.</param>
/// <param name="ItemType">What kind of statement it is.</param>
/// <param name="ListEnumeration">Its number or letter in a printed list.</param>
/// <param name="StatusStartDate">The day from which it is in force.</param>
/// <param name="StatusEndDate">The last day on which it is in force.</param>
public sealed record PlacedStandard(
    Guid Id,
    Guid? ParentId,
    int Depth,
    int Children,
    string? Code,
    string? Label,
    string Statement,
    string? ItemType,
    string? ListEnumeration,
    DateOnly? StatusStartDate,
    DateOnly? StatusEndDate)
{
    internal static readonly PlacedStandard Sample = new(
        StandardResponse.Sample.Id, StandardResponse.Sample.ParentIds[0], 1, 3, "LEA", "Leadership", StandardResponse.Sample.Statement, "Standard", null, null, null);
}
