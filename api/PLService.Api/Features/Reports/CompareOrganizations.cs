using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>
/// Where an organization stands in one round among the other children of its parent, or among all organizations of its kind below another
/// one above it. The others are never named: only the quarter in which it stands is told, and how the shares of at least five of them
/// spread. As CSV (Accept: text/csv) a row per cell.
/// </summary>
internal static class CompareOrganizations
{
    public sealed class Request : LensRequest
    {
        /// <summary>Code of the instrument.</summary>
        public required string Instrument { get; init; }

        /// <summary>The organization that is compared; unless given the one that the token is for.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>An organization above it: all of its kind below that one are compared with. Its siblings are unless given.</summary>
        public Guid? Among { get; init; }

        /// <summary>The round; the organization's latest one unless given.</summary>
        public string? Round { get; init; }

        /// <summary>What a cell is; a section unless given, with a lens a standard.</summary>
        public ReportGrouping? By { get; init; }
    }

    /// <param name="Instrument">Code of the instrument.</param>
    /// <param name="Organization">The organization that is compared.</param>
    /// <param name="AmongId">The organization below which it is compared with all of its kind; null for its siblings.</param>
    /// <param name="Round">The round; null when there is none yet.</param>
    /// <param name="By">What a cell is.</param>
    /// <param name="OwnWithheld">Why the organization's own figures, and so its standing, are withheld; null when they are shown.</param>
    /// <param name="Compared">The others that have figures and are not withheld.</param>
    /// <param name="Withheld">How many others have figures that are withheld, and why.</param>
    /// <param name="Cells">Per section, item, axis or standard.</param>
    /// <param name="Lens">How the items cover the framework of the lens; null without one.</param>
    public sealed record Response(
        string Instrument,
        ReportOrganization Organization,
        Guid? AmongId,
        string? Round,
        ReportGrouping By,
        WithheldReason? OwnWithheld,
        int Compared,
        WithheldFigures Withheld,
        IReadOnlyList<Standing> Cells,
        LensCoverage? Lens = null)
    {
        internal static readonly Response Sample = new(
            "plsr", ReportOrganization.Sample, null, "2026-fall", ReportGrouping.Section, null, 19, new WithheldFigures(2, 1, 1),
            [new("VIS", null, "status", 540, 0.5, Quarter.Third, new(19, 0.21, 0.38, 0.47, 0.55, 0.71))]);
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Instrument).InstrumentCode();
            RuleFor(request => request.Round).RoundLabel();
            RuleFor(request => request.Lens).LensCode();
            RuleFor(request => request.By).FitsLens(request => request.Lens);
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapQuery("/readiness/comparison", Handle)
            .UseCase(nameof(CompareOrganizations), "Compare an organization with others of its kind")
            .RequireScope(Scopes.ReportsRead)
            .Validate<Request>()
            .MayNotExist()
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, ReportDesk desk, CancellationToken ct)
    {
        var question = new RollupQuestion(request.Instrument, request.Among is null ? RollupScope.Siblings : RollupScope.Kin)
        {
            OrganizationId = request.OrganizationId,
            AmongId = request.Among,
            Round = request.Round,
            LatestRoundOnly = true,
        };
        var (answer, refused) = await desk.AskAsync(question, ct);
        if (refused is not null)
            return refused;

        var (view, unknown) = await desk.ViewAsync(answer, request.By.Or(request.Lens), request.Lens, ct);
        if (view is null)
            return unknown!;

        var organization = answer.Rows.Path[^1];
        var others = answer.Figures.Where(f => f.Organization != organization.Id)
            .Select(f => answer.Withheld(f.Organization, f.Figures.Round)).ToList();
        var report = new Response(
            request.Instrument,
            ReportOrganization.Of(organization),
            request.Among,
            answer.Round,
            view.By,
            answer.Round is { } round ? answer.Withheld(organization.Id, round) : null,
            others.Count(reason => reason is null),
            WithheldFigures.Of(others),
            Standing.Of(answer, organization.Id, view),
            view.Lens?.Coverage);
        return Csv.IsWanted(http) ? ReportTables.Of(report) : TypedResults.Ok(report);
    }
}
