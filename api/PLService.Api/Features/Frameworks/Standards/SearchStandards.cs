using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Finds standards in all frameworks, those of the catalog and the tenant's own. Words are looked for in statement, label, code and notes, in any case
/// and with or without accents; each of them must occur. A standard is found by a former name too, and says so. What has the text as its code comes
/// first, then codes that begin with it, then labels, then all else, and former names last.
/// </summary>
internal static class SearchStandards
{
    public sealed class Request : PageRequest
    {
        /// <summary>Words, each of which must occur; 2 to 300 characters, ten words at most.</summary>
        public string? Q { get; init; }

        /// <summary>Only in this framework, named by id or code.</summary>
        public string? Framework { get; init; }

        /// <summary>Only with this code, of today or of former days, in any case; with an asterisk at the end, codes that begin so.</summary>
        public string? Code { get; init; }

        /// <summary>Only this kind of statement, in any case: <c>Standard</c>.</summary>
        public string? ItemType { get; init; }

        /// <summary>Only standards in force on this day, by the name that they had then.</summary>
        public DateOnly? AsOf { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 4)
        {
            RuleFor(request => request.Q).Length(2, FrameworkLimits.NameLength)
                .Must(text => text is null || SearchWords.In(text).Count is > 0 and <= FrameworkLimits.SearchWords)
                .WithErrorCode("value.invalid").WithMessage($"Give 1 to {FrameworkLimits.SearchWords} words.");
            RuleFor(request => request.Framework).FrameworkReference();
            RuleFor(request => request.Code).Length(1, FrameworkLimits.CodeLength);
            RuleFor(request => request.ItemType).Length(1, FrameworkLimits.NameLength);
        }
    }

    /// <param name="Id">The CASE identifier.</param>
    /// <param name="Framework">The framework.</param>
    /// <param name="Code">How people cite it.</param>
    /// <param name="Label">A short form.</param>
    /// <param name="Statement">The whole text.</param>
    /// <param name="ItemType">What kind of statement it is.</param>
    /// <param name="StatusStartDate">The day from which it is in force.</param>
    /// <param name="StatusEndDate">The last day on which it is in force.</param>
    /// <param name="MatchedName">The former name by which it was found; null when it is the name of today.</param>
    public sealed record Item(
        Guid Id,
        NamedFramework Framework,
        string? Code,
        string? Label,
        string Statement,
        string? ItemType,
        DateOnly? StatusStartDate,
        DateOnly? StatusEndDate,
        FormerName? MatchedName);

    /// <param name="Code">How people cited it.</param>
    /// <param name="Label">A short form.</param>
    /// <param name="Statement">The whole text.</param>
    /// <param name="ValidFrom">First day of the name, UTC; null when it is not known.</param>
    /// <param name="ValidTo">The day from which another name holds, UTC.</param>
    public sealed record FormerName(string? Code, string? Label, string Statement, DateOnly? ValidFrom, DateOnly ValidTo);

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapQuery("/", Handle)
            .UseCase(nameof(SearchStandards), "Search standards")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<Item>(
                [
                    new(StandardResponse.Sample.Id, FrameworkResponse.SampleReference, "LDR", "Learning Drivers", "Learning Drivers", "Standard", null, null,
                        new("EQD", "Equity Drivers", "Equity Drivers", null, new DateOnly(2024, 2, 8))),
                ],
                null,
                null));

    private static async Task<Ok<Page<Item>>> Handle([AsParameters] Request request, SearchReader search, CancellationToken ct)
    {
        var after = Cursor.TryDecode(request.Cursor, out var keys)
            && int.TryParse(keys[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            && int.TryParse(keys[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new SearchPlace(rank, keys[1], position, Guid.Parse(keys[3])) : null;
        var (found, count) = await search.ReadAsync(request, after, ct);
        var page = Page.Of(
            found, request.Take,
            one => [Number(one.Place.Rank), one.Place.FrameworkCode, Number(one.Place.Position), one.Place.Id.ToString()], count);
        return TypedResults.Ok(new Page<Item>([.. page.Items.Select(one => one.Item)], page.NextCursor, page.Count));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
