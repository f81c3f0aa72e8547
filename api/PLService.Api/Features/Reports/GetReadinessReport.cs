using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>
/// What all closed assessments of an organization and everything below it say, per round in the order in which the rounds began, each
/// with its change against the one before. All versions of the instrument are put together where an item keeps its code and levels.
/// Rounds in which too few people answered are withheld, and others beside them that would give those away by subtraction. As CSV
/// (Accept: text/csv) a row per round and cell.
/// </summary>
internal static class GetReadinessReport
{
    public sealed class Request : LensRequest
    {
        /// <summary>Code of the instrument.</summary>
        public required string Instrument { get; init; }

        /// <summary>The organization at the top; unless given the one that the token is for, else the tenant's only root.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>What a cell is; a section unless given, with a lens a standard.</summary>
        public ReportGrouping? By { get; init; }

        /// <summary>Only this round.</summary>
        public string? Round { get; init; }

        /// <summary>Only people of this role, on items that every version used in the round has.</summary>
        public string? Role { get; init; }
    }

    /// <param name="Instrument">Code of the instrument.</param>
    /// <param name="Organization">The organization at the top.</param>
    /// <param name="By">What a cell is.</param>
    /// <param name="Role">The role that is looked at; null for all people.</param>
    /// <param name="MinimumGroupSize">The tenant's least group; smaller ones are withheld.</param>
    /// <param name="Versions">The versions that went in, oldest first.</param>
    /// <param name="Unmerged">Items that could not be put together over the versions.</param>
    /// <param name="Rounds">In the order in which they began.</param>
    /// <param name="Withheld">How many rounds are withheld, and why.</param>
    /// <param name="Lens">How the items cover the framework of the lens; null without one.</param>
    public sealed record Response(
        string Instrument,
        ReportOrganization Organization,
        ReportGrouping By,
        string? Role,
        int MinimumGroupSize,
        IReadOnlyList<string> Versions,
        IReadOnlyList<UnmergedItem> Unmerged,
        IReadOnlyList<Round> Rounds,
        WithheldFigures Withheld,
        LensCoverage? Lens = null)
    {
        internal static readonly Response Sample = new(
            "plsr", ReportOrganization.Sample, ReportGrouping.Section, null, 5, ["1.0"], [],
            [new("2026-fall", new DateTimeOffset(2026, 9, 1, 15, 0, 0, TimeSpan.Zero), null, 2104, 84, 84, [ReportCell.Sample])],
            new WithheldFigures(0, 0, 0));
    }

    /// <param name="Label">The round's label.</param>
    /// <param name="FirstOpenedAt">When its first assessment opened.</param>
    /// <param name="Withheld">Why its figures are withheld; null when they are shown.</param>
    /// <param name="N">Responses; null when withheld.</param>
    /// <param name="Organizations">Organizations with a closed assessment; null when withheld.</param>
    /// <param name="Assessments">Closed assessments; null when withheld.</param>
    /// <param name="Cells">The figures; none when withheld.</param>
    public sealed record Round(
        string Label,
        DateTimeOffset FirstOpenedAt,
        WithheldReason? Withheld,
        int? N,
        int? Organizations,
        int? Assessments,
        IReadOnlyList<ReportCell> Cells);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Instrument).InstrumentCode();
            RuleFor(request => request.Round).RoundLabel();
            RuleFor(request => request.Lens).LensCode();
            RuleFor(request => request.By).FitsLens(request => request.Lens);
            RuleFor(request => request.Role).Length(1, Assessment.RoleMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapQuery("/readiness", Handle)
            .UseCase(nameof(GetReadinessReport), "Roll up readiness over an organization and all below it")
            .RequireScope(Scopes.ReportsRead)
            .Validate<Request>()
            .MayNotExist()
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, ReportDesk desk, CancellationToken ct)
    {
        var question = new RollupQuestion(request.Instrument, RollupScope.Itself)
        {
            OrganizationId = request.OrganizationId,
            Role = request.Role ?? "",
        };
        var (answer, refused) = await desk.AskAsync(question, ct);
        if (refused is not null)
            return refused;

        var (view, unknown) = await desk.ViewAsync(answer, request.By.Or(request.Lens), request.Lens, ct);
        if (view is null)
            return unknown!;
        var report = answer.WorkOut((view, request.Round), () => ReadinessTrend.Of(answer, view, request.Round));
        return Csv.IsWanted(http) ? ReportTables.Of(report) : TypedResults.Ok(report);
    }
}
