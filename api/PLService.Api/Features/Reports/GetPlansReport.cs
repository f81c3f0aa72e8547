using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Reports;

/// <summary>
/// How the active plans of an organization and everything below it go on: steps by status, what is overdue and what is due in the next 30 days, open
/// obstacles by kind, people, time and money, and per quarter how many steps were due and done. With <c>by=organization</c> the children stand side by
/// side, each with all that is below it. Steps and obstacles are as they are now; <c>on</c> only says which day is today. As CSV (Accept: text/csv) a row
/// per organization, the whole first, or with <c>by=quarter</c> a row per quarter; the header Link leads to the next page.
/// </summary>
internal static class GetPlansReport
{
    /// <summary>How many quarters are told of at most.</summary>
    public const int MaxQuarters = 20;

    public sealed class Request : PageRequest
    {
        /// <summary>The organization at the top; unless given the one that the token is for, else the tenant's only root.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>The day that counts as today; unless given the date where each organization is.</summary>
        public DateOnly? On { get; init; }

        /// <summary>True counts completed plans too.</summary>
        public bool? Completed { get; init; }

        /// <summary>What stands side by side. Limit and cursor are for organizations.</summary>
        public PlanReportGrouping? By { get; init; }

        /// <summary>How many quarters the trend has, 1 to 20; 8 unless given. The last one is that of today.</summary>
        public int? Quarters { get; init; }
    }

    /// <param name="Organization">The organization at the top.</param>
    /// <param name="On">The day that counts as today, where the organization is.</param>
    /// <param name="Completed">Whether completed plans count too.</param>
    /// <param name="Total">Of all plans of the organization and everything below it.</param>
    /// <param name="Quarters">The trend, oldest quarter first.</param>
    /// <param name="Organizations">With <c>by=organization</c> a page of the children by name; null otherwise.</param>
    /// <param name="NextCursor">What to pass as <c>cursor</c> for the next page; null when this is the last one.</param>
    /// <param name="Count">The number of children on all pages, when <c>count=true</c> was asked for.</param>
    public sealed record Response(
        ReportOrganization Organization,
        DateOnly On,
        bool Completed,
        PlanProgress Total,
        IReadOnlyList<PlanQuarter> Quarters,
        IReadOnlyList<ChildPlanProgress>? Organizations = null,
        string? NextCursor = null,
        long? Count = null)
    {
        internal static readonly Response Sample = new(
            ReportOrganization.Sample, new DateOnly(2026, 11, 20), false, PlanProgress.Sample, [new(new DateOnly(2026, 7, 1), new DateOnly(2026, 9, 30), 120, 96, 10)]);
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.By).IsInEnum();
            RuleFor(request => request.Quarters).InclusiveBetween(1, MaxQuarters);
            // Quarters are counted back from it, and 30 days on.
            RuleFor(request => request.On).InclusiveBetween(new DateOnly(1900, 1, 1), new DateOnly(9000, 1, 1));
        }
    }

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapQuery("/plans", Handle)
            .UseCase(nameof(GetPlansReport), "Read how the plans of a subtree go on")
            .RequireScope(Scopes.ReportsRead)
            .Validate<Request>()
            .MayNotExist()
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .AnswersWith("Link", "Of organizations as CSV: the next page, with rel=\"next\" (RFC 8288); not sent with the last one.")
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpRequest http, PlanReports plans, CancellationToken ct)
    {
        var (report, refused) = await plans.MakeAsync(request, ct);
        if (report is null)
            return refused!;
        if (!Csv.IsWanted(http))
            return TypedResults.Ok(report);

        NextPage.Announce(http, report.NextCursor);
        return request.By is PlanReportGrouping.Quarter ? PlanTables.Quarters(report) : PlanTables.Organizations(report);
    }
}
