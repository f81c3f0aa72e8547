using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>The team's only member is the lead of district X; the participant of district X works in no team.</summary>
internal static class ToolkitRunOperations
{
    private static readonly Expectation NotMember = Expectation.Conflict("toolkit_run.not_member");

    public static void Map(OperationMap map)
    {
        map.Naming("CreateToolkitRun", "toolkit_run.unknown_organization", a => Task.FromResult(Post("/v1/toolkit-runs", a.NewRun())))
            .But(NotMember, CallerKind.ParticipantOfOwn);
        map.List("ListToolkitRuns", async a =>
        {
            await a.NewRunAsync();
            return Get("/v1/toolkit-runs?limit=500&count=true");
        });
        map.Resource("GetToolkitRun", async a => Get(await a.NewRunAsync()));
        Work(map, "ReplaceToolkitRun", async a => Put(await a.NewRunAsync(), new { teamName = a.Text("Renamed"), teamKind = "other", members = Array.Empty<object>() }, "*"));
        Work(map, "DeleteToolkitRun", async a => Delete(await a.NewRunAsync(), "*"));
        Work(map, "MarkTool", async a => Put($"{await a.NewRunAsync()}/tools/1", new { state = "skipped", reason = a.Text("Reason") }, "*"));
        map.Resource("ListNextSteps", async a => Get($"{(await a.NewWorksheetAsync())[..^"/worksheets/1".Length]}/next-steps"));
        map.Resource("ListDifferences", async a => Get($"{(await a.NewAnnotationAsync()).Split("/readings")[0]}/differences"));
        MapWorksheets(map);
        MapOwnWorksheets(map);
        MapReadings(map);
        MapAnnotations(map);
    }

    private static void MapWorksheets(OperationMap map)
    {
        map.Resource("GetWorksheet", async a => Get(await a.NewWorksheetAsync()));
        map.Resource("ListWorksheetChanges", async a => Get($"{await a.NewWorksheetAsync()}/history"));
        Work(map, "PatchWorksheet", async a => Patch(await a.NewWorksheetAsync(), a.NewAnswer(), "*"));
        Work(map, "GatherWorksheets", async a => Post($"{await a.NewSharedWorksheetAsync()}/gather", new { }));
        Team(map, "ListSharedWorksheets", async a => Get($"{await a.NewSharedWorksheetAsync()}/shared"));
        Team(map, "GetSharedWorksheetImage", async a => Get($"{await a.NewSharedWorksheetAsync()}/shared/{a.Lead.Id}/images/expect"));
        Work(map, "PutWorksheetImage", async a => Send(HttpMethod.Put, a.ImageAddress(await a.NewWorksheetAsync()), "image/gif", Side.Gif));
        map.Resource("GetWorksheetImage", async a => Get(await a.PutImageAsync(await a.NewWorksheetAsync())));
        Work(map, "DeleteWorksheetImage", async a => Delete(await a.PutImageAsync(await a.NewWorksheetAsync()), "*"));
    }

    private static void MapOwnWorksheets(OperationMap map)
    {
        map.OnlyOwn("GetMyWorksheet", async a => Get($"{await a.NewWorksheetAsync(own: true)}/mine"));
        map.OnlyOwn("PatchMyWorksheet", async a => Patch($"{await a.NewWorksheetAsync(own: true)}/mine", a.NewAnswer(), "*"));
        map.OnlyOwn("ListMyWorksheetChanges", async a => Get($"{await a.NewWorksheetAsync(own: true)}/mine/history"));
        map.OnlyOwn("ShareMyWorksheet", async a => Post($"{await a.NewWorksheetAsync(own: true)}/mine/share", ifMatch: "*"));
        map.OnlyOwn("UnshareMyWorksheet", async a => Post($"{await a.NewSharedWorksheetAsync()}/mine/unshare", ifMatch: "*"));
        map.OnlyOwn("PutMyWorksheetImage", async a => Send(HttpMethod.Put, a.ImageAddress($"{await a.NewWorksheetAsync(own: true)}/mine"), "image/gif", Side.Gif));
        map.OnlyOwn("GetMyWorksheetImage", async a => Get(await a.PutImageAsync($"{await a.NewWorksheetAsync(own: true)}/mine", own: true)));
        map.OnlyOwn("DeleteMyWorksheetImage", async a => Delete(await a.PutImageAsync($"{await a.NewWorksheetAsync(own: true)}/mine", own: true), "*"));
    }

    private static void MapReadings(OperationMap map)
    {
        Work(map, "PutReading", async a => Put($"{await a.NewRunAsync()}/readings/2", new { text = a.Text("Text") }));
        map.Resource("GetReading", async a => Get(await a.NewReadingAsync()));
        map.Resource("ListReadingRevisions", async a => Get($"{await a.NewReadingAsync()}/revisions"));
        map.Resource("GetReadingRevision", async a => Get($"{await a.NewReadingAsync()}/revisions/1"));
        map.Resource("GetReadingSummary", async a => Get($"{await a.NewReadingAsync()}/summary"));
    }

    private static void MapAnnotations(OperationMap map)
    {
        Work(map, "CreateAnnotation", async a => Post($"{await a.NewReadingAsync()}/annotations", a.NewAnnotation()));
        map.Resource("ListAnnotations", async a => Get((await a.NewAnnotationAsync())[..^37]));
        map.Resource("GetAnnotation", async a => Get(await a.NewAnnotationAsync()));
        Work(map, "PatchAnnotation", async a => Patch(await a.NewAnnotationAsync(), new { rationale = a.Text("Why") }, "*"));
        Work(map, "DeleteAnnotation", async a => Delete(await a.NewAnnotationAsync(), "*"));
        Work(map, "ImportAnnotations", async a => Post($"{await a.NewReadingAsync()}/annotations/import", new
        {
            type = "Annotation",
            body = new[] { new { type = "TextualBody", purpose = "tagging", value = "#" } },
            target = new { selector = new { type = "TextQuoteSelector", exact = "A passage" } },
        }));
    }

    /// <summary>The team's work: a participant who is no member is told so.</summary>
    private static void Work(OperationMap map, string id, Func<Side, Task<Call>> build) => map.Resource(id, build).But(NotMember, CallerKind.ParticipantOfOwn);

    /// <summary>What members share: for them, and for who leads there.</summary>
    private static void Team(OperationMap map, string id, Func<Side, Task<Call>> build) => map.Resource(id, build)
        .But(Expectation.Conflict("toolkit_run.team_only"), CallerKind.ParticipantOfOwn, CallerKind.ReviewerOfOwn, CallerKind.ViewerOfOwn);
}
