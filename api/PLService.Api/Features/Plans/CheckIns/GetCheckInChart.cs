using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Charts;
using PLService.Api.Http;
using PLService.Api.Http.Pdf;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>The chart as it stood when a check-in closed its column, in the forms of the plan's own chart: JSON, a table (Accept: text/csv), or pages to print (Accept: application/pdf).</summary>
internal static class GetCheckInChart
{
    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapGet("/{checkInId:guid}/chart", Handle)
            .UseCase(nameof(GetCheckInChart), "Read or print the chart as it stood at a check-in")
            .RequireScope(Scopes.PlansRead)
            .Validate<PrintRequest>()
            .Produces<PlanChart>(StatusCodes.Status200OK, ChartAnswer.Json, ChartAnswer.Others)
            .Refuses(ChartErrors.TooLongToPrint)
            .AnswersWith("ETag", "The state of the chart, for If-None-Match.")
            .ComputedExample(() => ChartSamples.Chart);

    private static async Task<Results<Ok<PlanChart>, FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid checkInId, [AsParameters] PrintRequest wanted, HttpContext context, PLServiceDbContext db, ChartDesk charts, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.CheckInsOf(id).Where(held => held.Id == checkInId).Select(held => new { held.Chart, held.HeldOn }).SingleOrDefaultAsync(ct) is not { } kept)
            return Problems.NotFound("check_in");
        var chart = await charts.NamedAsync(PlanJson.Read<PlanChart>(kept.Chart), ct);
        return ChartAnswer.Of(context, chart, wanted, new(clock.GetUtcNow(), await charts.TodayAsync(chart.Organization.Id, ct), kept.HeldOn));
    }
}
