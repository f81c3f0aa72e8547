using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>
/// What became of the gaps of an organization, everything below it included, between two rounds: which opened, closed, widened or narrowed, and what the
/// organization's plans did about each in between: plans that are no drafts and whose period touches that time. Whether an item is a gap is decided in both
/// rounds by the rules of the instrument's newest version, on its first axis. A gap widened or narrowed when its favorable share moved by more than 0.05.
/// Items are the same over versions by their code. Small groups are withheld as in all reports, and items that few answered. As CSV (Accept: text/csv) a row
/// per item or organization; the header Link leads to the next page of organizations.
/// </summary>
internal static class GetGapsReport
{
    public sealed class Request : PageRequest
    {
        /// <summary>Code of the instrument.</summary>
        public required string Instrument { get; init; }

        /// <summary>The organization; unless given the one that the token is for, else the tenant's only root.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>The earlier round; the one before the later unless given.</summary>
        public string? From { get; init; }

        /// <summary>The later round; the organization's last one unless given.</summary>
        public string? To { get; init; }

        /// <summary>What a row is; an item unless given. Limit and cursor are for organizations.</summary>
        public GapGrouping? By { get; init; }

        /// <summary>Of organizations: all of this kind below, however far; the children unless given.</summary>
        public OrganizationKind? Kind { get; init; }
    }

    /// <param name="Instrument">Code of the instrument.</param>
    /// <param name="Organization">The organization.</param>
    /// <param name="By">What a row is.</param>
    /// <param name="MinimumGroupSize">The tenant's least group; smaller ones are withheld.</param>
    /// <param name="From">The earlier round of the organization; null when there is none.</param>
    /// <param name="To">The later round; null when there is none.</param>
    /// <param name="Counts">How many items became what: of the organization, or of all organizations below that are compared.</param>
    /// <param name="Items">The items, in the order of the instrument; null by organization.</param>
    /// <param name="Coverage">Which organizations the counts are of; null by item.</param>
    /// <param name="Organizations">A page of the organizations, by name; null by item.</param>
    /// <param name="NextCursor">What to pass as <c>cursor</c> for the next page; null when this is the last one.</param>
    /// <param name="Count">The number of organizations on all pages, when <c>count=true</c> was asked for.</param>
    public sealed record Response(
        string Instrument,
        ReportOrganization Organization,
        GapGrouping By,
        int MinimumGroupSize,
        GapRound? From,
        GapRound? To,
        GapCounts Counts,
        IReadOnlyList<GapItem>? Items = null,
        GapCoverage? Coverage = null,
        IReadOnlyList<GapOrganization>? Organizations = null,
        string? NextCursor = null,
        long? Count = null)
    {
        internal static readonly Response Sample = new(
            "plsr", ReportOrganization.Sample, GapGrouping.Item, 5, new("2026-fall", new DateTimeOffset(2026, 9, 1, 15, 0, 0, TimeSpan.Zero), null, 25),
            new("2027-spring", new DateTimeOffset(2027, 4, 1, 15, 0, 0, TimeSpan.Zero), null, 27), new(1, 0, 0, 1, 0, 0, 0, 1, 1, 0), [GapItem.Sample]);
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.Instrument).InstrumentCode();
            RuleFor(request => request.From).RoundLabel();
            RuleFor(request => request.To).RoundLabel();
            RuleFor(request => request.By).IsInEnum();
            RuleFor(request => request.Kind).IsInEnum();
            RuleFor(request => request.Kind).Must((request, kind) => kind is null || request.By is GapGrouping.Organization)
                .WithErrorCode("value.inconsistent").WithMessage("Only organizations have a kind: add by=organization.");
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapQuery("/gaps", Handle)
            .UseCase(nameof(GetGapsReport), "Read which gaps opened, were acted on, and closed")
            .RequireScope(Scopes.ReportsRead)
            .Validate<Request>()
            .MayNotExist()
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .AnswersWith("Link", "Of organizations as CSV: the next page, with rel=\"next\" (RFC 8288); not sent with the last one.")
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, ReportDesk desk, GapReports gaps, CancellationToken ct)
    {
        var (answer, refused) = await desk.AskAsync(new RollupQuestion(request.Instrument, RollupScope.Itself) { OrganizationId = request.OrganizationId }, ct);
        if (refused is not null)
            return refused;
        var (report, wrong) = request.By is GapGrouping.Organization
            ? await gaps.ByOrganizationAsync(request, answer, desk, ct)
            : await gaps.ByItemAsync(request, answer, ct);
        if (report is null)
            return wrong!;
        if (!Csv.IsWanted(http))
            return TypedResults.Ok(report);

        NextPage.Announce(http, report.NextCursor);
        return GapTables.Of(report);
    }
}
