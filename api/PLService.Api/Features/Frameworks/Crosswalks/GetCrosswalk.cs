using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Features.Frameworks.Standards;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>
/// A crosswalk as a table: a row for every standard of the first framework, in the order in which they came in, with the standards of the second one
/// that it is linked with, and a word where it is not covered. Links count in either direction, wherever they are kept. Turn the frameworks round to
/// see what the first does not cover of the second.
/// </summary>
internal static class GetCrosswalk
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only standards that have a match, or only those that have none.</summary>
        public bool? Covered { get; init; }
    }

    public sealed class Validator() : PageRequestValidator<Request>(keys: 2);

    /// <param name="Id">The standard.</param>
    /// <param name="Code">How people cite it.</param>
    /// <param name="Label">A short form.</param>
    /// <param name="Statement">The whole text.</param>
    /// <param name="ItemType">What kind of statement it is.</param>
    /// <param name="Covered">Whether it has a match.</param>
    /// <param name="Matches">What it is linked with, in the order of the other framework.</param>
    public sealed record Row(Guid Id, string? Code, string? Label, string Statement, string? ItemType, bool Covered, IReadOnlyList<Match> Matches);

    /// <param name="AssociationId">The link.</param>
    /// <param name="Type">Its type: <c>exactMatchOf</c>.</param>
    /// <param name="Direction">Whether it leads from this standard or to it.</param>
    /// <param name="Standard">The standard at the other end.</param>
    /// <param name="Notes">Notes of the link.</param>
    public sealed record Match(Guid AssociationId, string Type, AssociationDirection Direction, NamedStandard Standard, string? Notes);

    public static void Map(RouteGroupBuilder crosswalks) =>
        crosswalks.MapQuery("/{from}/{to}", Handle)
            .UseCase(nameof(GetCrosswalk), "Read a crosswalk as a table")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<Row>(
                [
                    new(StandardResponse.Sample.Id, "LEA", "Leadership", StandardResponse.Sample.Statement, "Standard", true,
                    [
                        new(AssociationResponse.Sample.Id, "exactMatchOf", AssociationDirection.Outgoing,
                            new(AssociationResponse.Sample.Destination.Id!.Value, "LEA", "Leadership", "Leadership", "ct-2015"), null),
                    ]),
                ],
                null,
                null));

    private static async Task<Results<Ok<Page<Row>>, JsonHttpResult<ApiProblem>>> Handle(
        string from, string to, [AsParameters] Request request, PLServiceDbContext db, CrosswalkReader crosswalks, CancellationToken ct)
    {
        var here = await db.FrameworkNamed(from).Select(f => new { f.TenantId, f.Id }).SingleOrDefaultAsync(ct);
        var there = await db.FrameworkNamed(to).Select(f => new { f.TenantId, f.Id }).SingleOrDefaultAsync(ct);
        if (here is null || there is null)
            return Problems.NotFound("framework");

        var after = Cursor.TryDecode(request.Cursor, out var keys) && int.TryParse(keys[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? (position, Guid.Parse(keys[1])) : ((int, Guid)?)null;
        var (rows, count) = await crosswalks.ReadAsync((here.TenantId, here.Id), (there.TenantId, there.Id), request, after, ct);
        var page = Page.Of(rows, request.Take, place => [place.Position.ToString(CultureInfo.InvariantCulture), place.Row.Id.ToString()], count);
        return TypedResults.Ok(new Page<Row>([.. page.Items.Select(place => place.Row)], page.NextCursor, page.Count));
    }
}
