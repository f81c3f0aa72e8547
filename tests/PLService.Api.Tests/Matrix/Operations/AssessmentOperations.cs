using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class AssessmentOperations
{
    public static void Map(OperationMap map)
    {
        map.Naming("CreateAssessment", "assessment.unknown_organization", a => Task.FromResult(Post("/v1/assessments", new
        {
            instrument = new { code = Side.Pulse },
            organizationId = a.DistrictX,
            round = "2026-fall",
            title = a.Text("Assessment"),
        })));
        map.Resource("GetAssessment", async a => Get(await a.NewAssessmentAsync()));
        map.List("ListAssessments", async a =>
        {
            await a.NewAssessmentAsync();
            return Get("/v1/assessments?limit=500&count=true");
        });
        map.Resource("ReplaceAssessment", async a =>
        {
            var path = await a.NewAssessmentAsync(open: false);
            return Put(path, new { title = a.Text("Renamed"), round = "2026-fall", mode = "named", roles = Array.Empty<string>() }, await a.TagAsync(path));
        });
        map.Resource("DeleteAssessment", async a =>
        {
            var path = await a.NewAssessmentAsync(open: false);
            return Delete(path, await a.TagAsync(path));
        });
        map.Resource("OpenAssessment", async a =>
        {
            var path = await a.NewAssessmentAsync(open: false);
            return Post($"{path}/open", ifMatch: await a.TagAsync(path));
        });
        map.Resource("CloseAssessment", async a =>
        {
            var path = await a.NewAssessmentAsync();
            return Post($"{path}/close", ifMatch: await a.TagAsync(path));
        });
        map.Resource("ReopenAssessment", async a =>
        {
            var path = await a.NewClosedAssessmentAsync();
            return Post($"{path}/reopen", new { reason = a.Text("Reason") }, await a.TagAsync(path));
        });
        map.Resource("ArchiveAssessment", async a =>
        {
            var path = await a.NewClosedAssessmentAsync();
            return Post($"{path}/archive", ifMatch: await a.TagAsync(path));
        });
        MapResults(map);
        MapTallies(map);
    }

    private static void MapResults(OperationMap map)
    {
        map.Resource("GetLiveTally", async a => Get($"{await a.NewAssessmentAsync()}/tally"));
        map.Resource("GetResult", async a => Get($"{await a.NewClosedAssessmentAsync()}/results"));
        map.Resource("GetResultRevision", async a => Get($"{await a.NewClosedAssessmentAsync()}/results/1"));
    }

    private static void MapTallies(OperationMap map)
    {
        map.Resource("ListTallies", async a => Get((await a.NewTallyAsync())[..^(a.DistrictCanary.Length + 22)]));
        map.Resource("GetTally", async a => Get(await a.NewTallyAsync()));
        map.Resource("PutTally", async a => Put($"{await a.NewAssessmentAsync()}/tallies/group", Side.NewTally));
        map.Resource("DeleteTally", async a =>
        {
            var path = await a.NewTallyAsync();
            return Delete(path, await a.TagAsync(path));
        });
    }
}
