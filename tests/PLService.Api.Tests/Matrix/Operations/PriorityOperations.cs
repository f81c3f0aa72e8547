using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class PriorityOperations
{
    private static readonly Expectation LeadersOnly = Expectation.Conflict("priority_list.leaders_only");

    public static void Map(OperationMap map)
    {
        map.Naming("CreatePriorityList", "priority_list.unknown_assessment", async a =>
            Post("/v1/priority-lists", new { assessmentId = (await a.NewClosedAssessmentAsync()).Split('/')[^1], title = a.Text("Priorities") }))
            .But(LeadersOnly, CallerKind.ParticipantOfOwn);
        map.List("ListPriorityLists", async a =>
        {
            await a.NewPriorityAsync();
            return Get("/v1/priority-lists?limit=500&count=true");
        });
        map.List("ListPriorities", async a =>
        {
            await a.NewPriorityAsync();
            return Get("/v1/priorities?limit=500&count=true");
        });
        map.Resource("GetPriorityList", async a => Get((await a.NewPriorityAsync()).List));
        Lead(map, "PatchPriorityList", async a => Patch((await a.NewPriorityAsync()).List, new { title = a.Text("Renamed") }, "*"));
        Lead(map, "DeletePriorityList", async a => Delete((await a.NewPriorityAsync()).List, "*"));
        Lead(map, "OrderPriorities", async a =>
        {
            var (list, priority) = await a.NewPriorityAsync("dragOrder");
            return Put($"{list}/order", new { priorityIds = new[] { priority.Split('/')[^1] } }, "*");
        });
        Lead(map, "AdoptPriorities", async a => Post($"{(await a.NewPriorityAsync()).List}/adopt", new { top = 1 }, "*"));
        MapPriorities(map);
        MapVotes(map);
    }

    private static void MapPriorities(OperationMap map)
    {
        Lead(map, "AddPriority", async a => Post($"{(await a.NewPriorityAsync()).List}/priorities", a.NewPriority("A.2")));
        Lead(map, "MergePriorities", async a =>
        {
            var (list, priority) = await a.NewPriorityAsync();
            var other = a.Remember(await a.Everything.CreateAsync($"{list}/priorities", a.NewPriority("A.2"))).Id();
            return Post($"{list}/priorities/merge", new { title = a.Text("Both"), priorityIds = new[] { priority.Split('/')[^1], other.ToString() } }, "*");
        });
        map.Resource("GetPriority", async a => Get((await a.NewPriorityAsync()).Priority));
        Lead(map, "PatchPriority", async a => Patch((await a.NewPriorityAsync()).Priority, new { title = a.Text("Renamed") }, "*"));
        Lead(map, "DropPriority", async a => Post($"{(await a.NewPriorityAsync()).Priority}/drop", new { reason = a.Text("Reason") }, "*"));
        Lead(map, "RestorePriority", async a =>
        {
            var (_, priority) = await a.NewPriorityAsync();
            await a.ChangeAsync(HttpMethod.Post, $"{priority}/drop", priority, new { });
            return Post($"{priority}/restore", ifMatch: "*");
        });
    }

    private static void MapVotes(OperationMap map)
    {
        Lead(map, "OpenVoting", async a => Post($"{(await a.NewPriorityAsync()).List}/voting/open", ifMatch: "*"));
        Lead(map, "CloseVoting", async a => Post($"{(await a.NewPriorityAsync(open: true)).List}/voting/close", ifMatch: "*"));
        map.Resource("GetVoteCounts", async a => Get($"{(await a.NewPriorityAsync(open: true)).List}/votes"));
        // Whoever has not voted has no votes: only the lead of district X has here.
        map.Resource("GetMyVotes", async a =>
        {
            var (list, priority) = await a.NewPriorityAsync(open: true);
            using var lead = a.As(CallerKind.LeadOfOwn, null);
            await (await lead.SendJsonAsync(HttpMethod.Put, $"{list}/votes/mine", new { votes = Side.NewVotes(priority) })).ExpectAsync(System.Net.HttpStatusCode.Created);
            return Get($"{list}/votes/mine");
        }).But(Expectation.NotFound, [.. Enum.GetValues<CallerKind>().Where(kind =>
            kind is CallerKind.Own or CallerKind.Parent or CallerKind.WholeTenant || kind.IsPerson())]).But(Expectation.Success, CallerKind.LeadOfOwn);
        map.Resource("PutMyVotes", async a =>
        {
            var (list, priority) = await a.NewPriorityAsync(open: true);
            return Put($"{list}/votes/mine", new { votes = Side.NewVotes(priority) });
        }).But(Expectation.Conflict("priority_list.people_vote"), CallerKind.Own, CallerKind.Parent, CallerKind.WholeTenant)
            .But(Expectation.Success, CallerKind.AdminOfOwn, CallerKind.LeadOfOwn, CallerKind.FacilitatorOfOwn, CallerKind.ParticipantOfOwn, CallerKind.AdminOfAll, CallerKind.LeadOfParent);
        map.Resource("GetPaperVotes", async a => Get(await a.NewPaperVotesAsync())).But(LeadersOnly, CallerKind.ParticipantOfOwn, CallerKind.ReviewerOfOwn, CallerKind.ViewerOfOwn);
        Lead(map, "PutPaperVotes", async a =>
        {
            var (list, priority) = await a.NewPriorityAsync(open: true);
            return Put($"{list}/votes/paper/{a.DistrictCanary}", Side.NewPaperVotes(priority));
        });
        Lead(map, "DeletePaperVotes", async a => Delete(await a.NewPaperVotesAsync(), "*"));
    }

    /// <summary>What those who lead there do; participants are told so.</summary>
    private static void Lead(OperationMap map, string id, Func<Side, Task<Call>> build) => map.Resource(id, build).But(LeadersOnly, CallerKind.ParticipantOfOwn);
}
