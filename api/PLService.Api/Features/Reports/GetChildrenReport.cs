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
/// favorably, per section on the instrument's first axis. Small ones are withheld, and others that would give them away.
/// </summary>
internal static class GetChildrenReport
{
    public sealed class Request : PageRequest
    {
        /// <summary>Code of the instrument.</summary>
        public string? Instrument { get; init; }

        /// <summary>The organization above; unless given the one that the token is for, else the tenant's only root.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>The round; the organization's latest one unless given.</summary>
        public string? Round { get; init; }

        /// <summary>JSON or CSV, whatever Accept says.</summary>
        public ReportFormat? Format { get; init; }
    }

    /// <param name="Organization">The child.</param>
    /// <param name="Round">The round; null when there is none yet.</param>
    /// <param name="Withheld">Why its figures are withheld; null when they are shown.</param>
    /// <param name="N">Responses, 0 when nobody was asked; null when withheld.</param>
    /// <param name="Organizations">Organizations with a closed assessment; null when withheld.</param>
    /// <param name="Sections">Its sections; none when withheld.</param>
    public sealed record Row(ReportOrganization Organization, string? Round, WithheldReason? Withheld, int? N, int? Organizations, IReadOnlyList<SectionShare> Sections)
    {
        internal static readonly Row Sample = new(ReportOrganization.Sample, "2026-fall", null, 540, 21, [new("VIS", 0.5)]);
    }

    /// <param name="Section">Code of the section.</param>
    /// <param name="FavorableShare">Share of the scored answers that are favorable, 0 to 1; null when there are none.</param>
    public sealed record SectionShare(string Section, double? FavorableShare);

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
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
            .Produces<string>(StatusCodes.Status200OK, Csv.MediaType)
            .Example(response: new Page<Row>([Row.Sample], null, null));

    private static async Task<Results<Ok<Page<Row>>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, ReportDesk desk, CancellationToken ct)
    {
        (string, Guid)? after = Cursor.TryDecode(request.Cursor, out var keys) && keys is [var name, var last] && Guid.TryParse(last, out var id) ? (name, id) : null;
        var question = new RollupQuestion(request.Instrument!, RollupScope.Children)
        {
            OrganizationId = request.OrganizationId, Round = request.Round, LatestRoundOnly = true, After = after, Take = request.Take + 1, CountChildren = request.Count is true,
        };
        var (answer, refused) = await desk.AskAsync(question, ct);
        if (refused is not null)
            return refused;

        var round = request.Round ?? answer.LatestRound;
        var page = Page.Of(answer.Rows.Children.ConvertAll(child => RowOf(answer, child, round)), request.Take, row => [row.Organization.Name, $"{row.Organization.Id}"], answer.Rows.ChildCount);
        return Csv.IsWanted(request.Format, http) ? ToCsv(page) : TypedResults.Ok(page);
    }

    private static Row RowOf(RollupAnswer answer, RollupOrganization child, string? round)
    {
        var organization = ReportOrganization.Of(child);
        if (round is null || answer.FiguresOf(child.Id, round) is not { } figures)
            return new Row(organization, round, null, 0, 0, []);
        if (answer.Withheld(child.Id, round) is { } withheld)
            return new Row(organization, round, withheld, null, null, []);

        var axis = answer.Instrument.Versions[^1].Document.Axes[0].Code;
        return new Row(organization, round, null, figures.Responses, figures.Organizations,
            [.. ReportCells.Of(answer, figures, ReportGrouping.Section).Where(c => c.Cell.Axis == axis).Select(c => new SectionShare(c.Cell.Section!, c.Cell.FavorableShare))]);
    }

    /// <summary>A row per child and section; one without a section where there are no figures.</summary>
    private static FileContentHttpResult ToCsv(Page<Row> page) => Csv.File(
        "children.csv",
        ["organization_id", "kind", "organization", "round", "withheld", "n", "organizations", "section", "favorable_share"],
        page.Items.SelectMany(row => row.Sections.DefaultIfEmpty().Select(section => (IReadOnlyList<object?>)
            [row.Organization.Id, row.Organization.Kind, row.Organization.Name, row.Round, row.Withheld, row.N, row.Organizations, section?.Section, section?.FavorableShare])));
}
