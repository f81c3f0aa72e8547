using System.Net;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>The participant of district X owns no step there; what single people wrote in their own name here a machine wrote.</summary>
internal static class PlanOperations
{
    private static readonly Expectation OwnPartsOnly = Expectation.Conflict("plan.own_parts_only");

    private static readonly CallerKind[] Writers =
    [
        CallerKind.AdminOfOwn, CallerKind.LeadOfOwn, CallerKind.FacilitatorOfOwn, CallerKind.ParticipantOfOwn, CallerKind.AdminOfAll, CallerKind.LeadOfParent,
    ];

    public static void Map(OperationMap map)
    {
        map.Naming("CreatePlan", "plan.unknown_organization", a => Task.FromResult(Post("/v1/plans", a.NewPlan()))).But(OwnPartsOnly, CallerKind.ParticipantOfOwn);
        map.List("ListPlans", async a =>
        {
            await a.NewPlanAsync();
            return Get("/v1/plans?limit=500&count=true");
        });
        map.List("ExportPlans", async a =>
        {
            // Without an external id it goes by its own.
            a.Remember(await a.Everything.CreateAsync("/v1/plans", new { organizationId = a.DistrictX, title = a.Text("Plan"), startsOn = "2026-09-01", endsOn = "2027-08-31" }));
            return Get("/v1/plans/export");
        });
        map.Resource("GetPlan", async a => Get((await a.NewPartAsync("steps")).Split("/steps")[0]));
        Lead(map, "PatchPlan", async a => Patch(await a.NewPlanAsync(), new { vision = a.Text("Vision") }, "*"));
        Lead(map, "DeletePlan", async a => Delete(await a.NewPlanAsync(), "*"));
        Lead(map, "ActivatePlan", async a => Post($"{await a.NewPlanAsync()}/activate", ifMatch: "*"));
        Lead(map, "CompletePlan", async a => Post($"{await ActiveAsync(a)}/complete", ifMatch: "*"));
        Lead(map, "ArchivePlan", async a => Post($"{await a.NewPlanAsync()}/archive", ifMatch: "*"));
        Lead(map, "UnarchivePlan", async a => Post($"{await ArchivedAsync(a)}/unarchive", ifMatch: "*"));
        map.Resource("ListPlanChanges", async a => Get($"{(await a.NewPartAsync("steps")).Split("/steps")[0]}/changes"));
        Lead(map, "UndoPlanChange", async a => Post($"{(await a.NewPartAsync("strategies")).Split("/strategies")[0]}/changes/2/undo"));

        Parts(map, "Strategy", "strategies", new { narrative = "Why." });
        Parts(map, "Step", "steps", new { description = "How." });
        Parts(map, "Obstacle", "obstacles", new { mitigation = "So." });
        Parts(map, "Statement", "statements", new { group = "Motivation" });
        Parts(map, "Need", "needs", new { isMet = true });
        Parts(map, "Resource", "resources", new { amount = 2000 });
        map.Resource("GetPlanResourceSummary", async a => Get((await a.NewPartAsync("resources"))[..^37] + "/summary"));
        Parts(map, "Cycle", "cycles", new { stage = "identify" });
        Parts(map, "Measure", "measures", new { target = 90 });
        Parts(map, "ProgressNote", "progress-notes", new { text = "New." }, own: true);
        Parts(map, "QuickWrite", "quick-writes", new { text = "New." }, own: true, participantsAdd: true);
    }

    private static async Task<string> ActiveAsync(Side side)
    {
        var plan = await side.NewPlanAsync();
        await (await side.Everything.SendJsonAsync(HttpMethod.Post, $"{plan}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return plan;
    }

    private static async Task<string> ArchivedAsync(Side side)
    {
        var plan = await side.NewPlanAsync();
        await (await side.Everything.SendJsonAsync(HttpMethod.Post, $"{plan}/archive", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return plan;
    }

    private static void Parts(OperationMap map, string kind, string path, object patch, bool own = false, bool participantsAdd = false)
    {
        var create = map.Resource($"CreatePlan{kind}", async a =>
        {
            var (parts, part) = await a.PartAsync(path);
            return Post(parts, part);
        });
        if (!participantsAdd)
            create.But(OwnPartsOnly, CallerKind.ParticipantOfOwn);
        map.Resource($"GetPlan{kind}", async a => Get(await a.NewPartAsync(path)));
        map.Resource($"PatchPlan{kind}", async a => Patch(await a.NewPartAsync(path), patch, "*"))
            .But(OwnPartsOnly, own ? Writers : [CallerKind.ParticipantOfOwn]);
        Lead(map, $"DeletePlan{kind}", async a => Delete(await a.NewPartAsync(path), "*"));
    }

    private static void Lead(OperationMap map, string id, Func<Side, Task<Call>> build) => map.Resource(id, build).But(OwnPartsOnly, CallerKind.ParticipantOfOwn);
}
