using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
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

        /// <summary>
        /// Code of a framework of standards to see the figures through: shares are then given of its standards, each made of the items that speak to it,
        /// under its names of today and former ones.
        /// </summary>
        public string? Lens { get; init; }
    }

    /// <param name="Organization">The child.</param>
    /// <param name="Round">The round; null when there is none yet.</param>
    /// <param name="Withheld">Why its figures are withheld; null when they are shown.</param>
    /// <param name="N">Responses, 0 when nobody was asked; null when withheld.</param>
    /// <param name="Organizations">Organizations with a closed assessment; null when withheld.</param>
    /// <param name="Sections">Its sections; none when withheld, and with a lens.</param>
    /// <param name="Standards">The standards of the lens; none when withheld, null without a lens.</param>
    public sealed record Row(
        ReportOrganization Organization,
        string? Round,
        WithheldReason? Withheld,
        int? N,
        int? Organizations,
        IReadOnlyList<SectionShare> Sections,
        IReadOnlyList<StandardShare>? Standards = null)
    {
        internal static readonly Row Sample = new(ReportOrganization.Sample, "2026-fall", null, 540, 21, [new("VIS", 0.5)]);
    }

    /// <param name="Section">Code of the section.</param>
    /// <param name="FavorableShare">Share of the scored answers that are favorable, 0 to 1; null when there are none.</param>
    public sealed record SectionShare(string Section, double? FavorableShare);

    /// <param name="Standard">Code of the standard, or its identifier where it has none.</param>
    /// <param name="Scale">Code of the scale: items of different scales stand apart.</param>
    /// <param name="Match">How sure it is that the items speak to the standard, of the least sure one.</param>
    /// <param name="FavorableShare">Share of the scored answers that are favorable, 0 to 1; null when there are none.</param>
    public sealed record StandardShare(string Standard, string Scale, LensMatchKind Match, double? FavorableShare);

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.Instrument).InstrumentCode();
            RuleFor(request => request.Round).RoundLabel();
            RuleFor(request => request.Lens).LensCode();
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapQuery("/readiness/children", Handle)
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

        var (view, unknown) = await desk.ViewAsync(answer, ReportRules.Or(null, request.Lens), request.Lens, ct);
        if (view is null)
            return unknown!;

        var rows = answer.Rows.Children.ConvertAll(child => ChildRows.Of(answer, child, view));
        var page = Page.Of(rows, request.Take, row => [row.Organization.Name, $"{row.Organization.Id}"], answer.Rows.ChildCount);
        if (!Csv.IsWanted(http))
            return TypedResults.Ok(page);

        NextPage.Announce(http, page.NextCursor);
        return view.Lens is null ? ReportTables.Of(page) : LensTables.Of(page);
    }
}
