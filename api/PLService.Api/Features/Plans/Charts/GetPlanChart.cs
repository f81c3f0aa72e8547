using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>
/// A plan as a chart of its marks (30, 60, 90, 120 days), computed from its dated steps: what is planned for each column, what was first planned, and
/// what happened. As a table with Accept: text/csv; as pages to print, landscape and in English or Spanish by Accept-Language, with Accept: application/pdf.
/// </summary>
internal static class GetPlanChart
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/chart", Handle)
            .UseCase(nameof(GetPlanChart), "Read or print the chart of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<PrintRequest>()
            .Produces<PlanChart>(StatusCodes.Status200OK, ChartAnswer.Json, ChartAnswer.Others)
            .Refuses(ChartErrors.TooLongToPrint)
            .AnswersWith("ETag", "The state of the chart, for If-None-Match.")
            .ComputedExample(() => ChartSamples.Chart);

    private static async Task<Results<Ok<PlanChart>, FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] PrintRequest wanted, HttpContext context, ChartDesk charts, TimeProvider clock, CancellationToken ct) =>
        await charts.MakeAsync(id, ct) is { } chart
            ? ChartAnswer.Of(context, chart, wanted, new(clock.GetUtcNow(), await charts.TodayAsync(chart.Organization.Id, ct), null))
            : Problems.NotFound("plan");
}
