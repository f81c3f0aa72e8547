using System.Net;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>Charts are for everybody who reads the plan; check-ins are held by those who lead there.</summary>
internal static class PlanChartOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("GetPlanChart", async a => Get($"{await NewPlanAsync(a)}/chart"));
        Lead(map, "CreateCheckIn", async a => Post($"{await NewPlanAsync(a)}/check-ins", new { mark = 30, done = a.Text("Done") }));
        map.Resource("ListCheckIns", async a => Get((await NewCheckInAsync(a)).Split("/check-ins")[0] + "/check-ins"));
        map.Resource("GetCheckIn", async a => Get(await NewCheckInAsync(a)));
        map.Resource("GetCheckInChart", async a => Get($"{await NewCheckInAsync(a)}/chart"));
        Lead(map, "PatchCheckIn", async a => Patch(await NewCheckInAsync(a), new { notes = a.Text("Notes") }, "*"));
        Lead(map, "DeleteCheckIn", async a => Delete(await NewCheckInAsync(a), "*"));
    }

    /// <summary>The path of an active plan of district X whose marks have passed, with a step.</summary>
    private static async Task<string> NewPlanAsync(Side a)
    {
        var start = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-200);
        var plan = a.Remember(await a.Everything.CreateAsync("/v1/plans", new { organizationId = a.DistrictX, title = a.Text("Plan"), startsOn = start, endsOn = start.AddYears(1), vision = a.Text("Vision") }));
        var path = $"/v1/plans/{plan.Id()}";
        a.Remember(await a.Everything.CreateAsync($"{path}/steps", new { title = a.Text("Step"), dueOn = start.AddDays(10) }));
        await (await a.Everything.SendJsonAsync(HttpMethod.Post, $"{path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return path;
    }

    private static async Task<string> NewCheckInAsync(Side a)
    {
        var path = $"{await NewPlanAsync(a)}/check-ins";
        return $"{path}/{a.Remember(await a.Everything.CreateAsync(path, new { mark = 30, done = a.Text("Done") })).Id()}";
    }

    private static void Lead(OperationMap map, string id, Func<Side, Task<Call>> build) =>
        map.Resource(id, build).But(Expectation.Conflict("plan.own_parts_only"), CallerKind.ParticipantOfOwn);
}
