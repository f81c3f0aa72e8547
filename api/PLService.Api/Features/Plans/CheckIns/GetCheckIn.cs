using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Charts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>A check-in with the chart as it stood when its column was closed. Those who see to steps are named as they are called today.</summary>
internal static class GetCheckIn
{
    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapGet("/{checkInId:guid}", Handle)
            .UseCase(nameof(GetCheckIn), "Read a check-in with the chart as it stood")
            .RequireScope(Scopes.PlansRead)
            .Example(response: CheckInWithChartResponse.WithChart);

    private static async Task<Results<Ok<CheckInWithChartResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid checkInId, PLServiceDbContext db, CheckInDesk desk, ChartDesk charts, CancellationToken ct)
    {
        if (await db.CheckInsOf(id).SingleOrDefaultAsync(held => held.Id == checkInId, ct) is not { } checkIn)
            return Problems.NotFound("check_in");
        var response = await desk.ResponseAsync(checkIn, ct);
        return TypedResults.Ok(new CheckInWithChartResponse(response, await charts.NamedAsync(PlanJson.Read<PlanChart>(checkIn.Chart), ct)));
    }
}
