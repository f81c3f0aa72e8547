using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>
/// The children of an organization side by side in one round, by name: how many people answered in each and everything below it, and how
/// favorably, per section on the instrument's first axis. Small ones are withheld, and others that would give them away. As CSV
/// (Accept: text/csv) a row per child and section; the header Link leads to the next page.
/// </summary>
internal static class GetChildrenReport
{
    public sealed class Request : PageRequest
    {
        /// <summary>Code of the instrument.</summary>
        public required string Instrument { get; init; }

        /// <summary>The organization above; unless given the one that the token is for, else the tenant's only root.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>The round; the organization's latest one unless given.</summary>
        public string? Round { get; init; }
    }

    /// <param name="Organization">The child.</param>
    /// <param name="Round">The round; null when there is none yet.</param>
    /// <param name="Withheld">Why its figures are withheld; null when they are shown.</param>
    /// <param name="N">Responses, 0 when nobody was asked; null when withheld.</param>
    /// <param name="Organizations">Organizations with a closed assessment; null when withheld.</param>
    /// <param name="Sections">Its sections; none when withheld.</param>
    public sealed record Row(
        ReportOrganization Organization,
        string? Round,
        WithheldReason? Withheld,
        int? N,
        int? Organizations,
        IReadOnlyList<SectionShare> Sections)
    {
        internal static readonly Row Sample = new(ReportOrganization.Sample, "2026-fall", null, 540, 21, [new("VIS", 0.5)]);
    }

    /// <param name="Section">Code of the section.</param>
    /// <param name="FavorableShare">Share of the scored answers that are favorable, 0 to 1; null when there are none.</param>
    public sealed record SectionShare(string Section, double? FavorableShare);

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.Instrument).NotEmpty().MaximumLength(ReportDesk.CodeMaxLength);
            RuleFor(request => request.Round).Length(1, Assessment.RoundMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapGet("/readiness/children", Handle)
            .UseCase(nameof(GetChildrenReport), "List the readiness of an organization's children")
            .RequireScope(Scopes.ReportsRead)
            .Validate<Request>()
            .MayNotExist()
            .Produces<Page<Row>>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .AnswersWith("Link", "Of CSV: the next page, with rel=\"next\" (RFC 8288); not sent with the last one.")
            .Example(response: new Page<Row>([Row.Sample], null, null));

    private static async Task<Results<Ok<Page<Row>>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, ReportDesk desk, CancellationToken ct)
    {
        var question = new RollupQuestion(request.Instrument, RollupScope.Children)
        {
            OrganizationId = request.OrganizationId,
            Round = request.Round,
            LatestRoundOnly = true,
            After = Cursor.TryDecode(request.Cursor, out var keys) ? (keys[0], Guid.Parse(keys[1])) : null,
            Take = request.Take + 1,
            CountChildren = request.Count is true,
        };
        var (answer, refused) = await desk.AskAsync(question, ct);
        if (refused is not null)
            return refused;

        var rows = answer.Rows.Children.ConvertAll(child => RowOf(answer, child));
        var page = Page.Of(rows, request.Take, row => [row.Organization.Name, $"{row.Organization.Id}"], answer.Rows.ChildCount);
        if (!Csv.IsWanted(http))
            return TypedResults.Ok(page);

        NextPage.Announce(http, page.NextCursor);
        return ReportTables.Of(page);
    }

    private static Row RowOf(RollupAnswer answer, RollupOrganization child)
    {
        var organization = ReportOrganization.Of(child);
        if (answer.Round is not { } round || answer.FiguresOf(child.Id, round) is not { } figures)
            return new Row(organization, answer.Round, null, 0, 0, []);
        if (answer.Withheld(child.Id, round) is { } withheld)
            return new Row(organization, round, withheld, null, null, []);

        var axis = answer.Instrument.Versions[^1].Document.Axes[0].Code;
        var sections = ReportCells.Of(answer, figures, ReportGrouping.Section).Select(c => c.Cell)
            .Where(cell => cell.Axis == axis)
            .Select(cell => new SectionShare(cell.Section!, cell.FavorableShare));
        return new Row(organization, round, null, figures.Responses, figures.Organizations, [.. sections]);
    }
}
