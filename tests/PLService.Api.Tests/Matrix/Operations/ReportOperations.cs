using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ReportOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("GetReadinessReport", a => OfAsync(a, ""));
        map.Resource("GetChildrenReport", a => OfAsync(a, "/children"));
        map.Resource("CompareOrganizations", a => OfAsync(a, "/comparison"));
        map.Resource("GetGapsReport", async a =>
        {
            await a.NewClosedAssessmentAsync();
            return Get($"/v1/reports/gaps?instrument={Side.Pulse}&organizationId={a.DistrictX}");
        });
        map.Resource("GetPlansReport", async a =>
        {
            await a.NewPlanAsync();
            return Get($"/v1/reports/plans?organizationId={a.DistrictX}&by=organization");
        });
    }

    private static async Task<Call> OfAsync(Side a, string report)
    {
        await a.NewClosedAssessmentAsync();
        return Get($"/v1/reports/readiness{report}?instrument={Side.Pulse}&organizationId={a.DistrictX}");
    }
}
