using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Priorities;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Priorities;

/// <summary>What a team does with a list before it adopts anything.</summary>
public sealed class ChangePriorityListTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_team_adds_what_is_no_gap_and_says_why()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync();
        var address = $"{list.Address()}/priorities";

        await (await world.Client.SendJsonAsync(HttpMethod.Post, address, new { title = "Strength", items = new[] { "S1.2" } })).ExpectFaultAsync("/reason", "priority.reason_required");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, address, new { title = "None", items = new[] { "S1.1", "S9.9" } })).ExpectFaultAsync("/items/1", "priority.unknown_item");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, address, new { title = "None", items = Array.Empty<string>() })).ExpectFaultAsync("/items", "value.too_many");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, address, new { title = "Blue", items = new[] { "S1.1" }, target = new { level = "blue" } }))
            .ExpectFaultAsync("/target/level", "priority.unknown_level");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, address, new { title = "Much", items = new[] { "S1.1" }, target = new { favorableShare = 1.5 } }))
            .ExpectFaultAsync("/target/favorableShare", "value.out_of_range");
        var added = await world.Client.CreateAsync(address, new
        {
            title = "Keep it up",
            reason = "The new law asks for it.",
            items = new[] { "S2.1", "S1.2" },
            target = new { level = "green", favorableShare = 0.9, words = "In every school" },
        });

        Assert.Equal((false, 3, 0.6), ((bool)added["isProposed"]!, (int)added["position"]!, (double)added["favorableShare"]!));
        Assert.Equal(["S1.2", "S2.1"], added["items"]!.AsArray().Select(item => (string?)item));
        Assert.Equal((0.9, "green"), ((double)added["target"]!["favorableShare"]!, (string?)added["target"]!["level"]));
        var read = await world.Client.GetAsync($"{address}/{added.Id()}", Ct);
        Assert.Equal(added.ToJsonString(), (await read.ExpectAsync(HttpStatusCode.OK)).ToJsonString());
        Assert.Equal(2, (long)(await world.Client.ReadAsync(list.Address()))["list"]!["version"]!);
    }

    [Fact]
    public async Task Title_reason_and_target_are_changed_on_the_version_that_was_read()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync();
        var address = $"{list.Address()}/priorities/{list.Of("S1.1").Id()}";

        Assert.Equal(HttpStatusCode.PreconditionRequired, (await world.Client.SendJsonAsync(HttpMethod.Patch, address, new { title = "Weekly teams" })).StatusCode);
        var changed = await (await world.Client.SendJsonAsync(HttpMethod.Patch, address, new { title = "Weekly teams", target = new { favorableShare = 0.5 } }, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, address, new { title = "Other" }, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, address, new { title = "" }, "*")).ExpectFaultAsync("/title", "value.required");
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, address, new { target = new { level = "blue" } }, "*")).ExpectFaultAsync("/target/level", "priority.unknown_level");
        await (await (await world.ParticipantAsync()).SendJsonAsync(HttpMethod.Patch, address, new { title = "Mine" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);

        Assert.Equal(("Weekly teams", 0.5, 2L, list.Of("S1.1")["reason"]!.ToString()),
            ((string?)changed["title"], (double)changed["target"]!["favorableShare"]!, (long)changed["version"]!, changed["reason"]!.ToString()));
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, $"{list.Address()}/priorities/{Guid.NewGuid()}", new { title = "No" }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "priority.not_found");
        await (await world.Client.GetAsync($"/v1/priority-lists/{Guid.NewGuid()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "priority_list.not_found");
    }

    [Fact]
    public async Task What_is_put_together_keeps_its_items_levels_and_dots()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        var (one, other) = (list.Of("S2.2"), list.Of("S1.1"));
        for (var i = 0; i < 5; i++)
            await (await (await world.ParticipantAsync()).VoteAsync(list, null, (one, 1), (other, 2))).ExpectAsync(HttpStatusCode.Created);
        var merge = new { title = "Both", reason = "One cause", priorityIds = new[] { one.Id(), other.Id() } };
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/merge", merge, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsOpen.Code);
        await world.Client.DoAsync(list, "voting/close");

        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/merge", merge, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/merge", new { title = "Both", priorityIds = new[] { one.Id(), Guid.NewGuid() } }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.UnknownPriority.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/merge", new { title = "One", priorityIds = new[] { one.Id() } }, "*"))
            .ExpectFaultAsync("/priorityIds", "value.too_many");
        var merged = await world.Client.DoAsync(list, "priorities/merge", merge);

        Assert.Equal(["S1.1 S2.2", "S2.1"], merged.Items());
        var both = merged.Priorities().First();
        Assert.Equal((one.Id(), "Both", 15, 0.3, 2), (both.Id(), (string?)both["title"], (int)both["dots"]!, (double)both["favorableShare"]!, both["levels"]!.AsArray().Count));
        Assert.Equal([3, 3, 3, 3, 3], await world.Tenant.StoredAsync(db => db.PriorityDots.Select(d => d.Dots).ToListAsync()));
        var adopted = await world.Client.DoAsync(list, "adopt", new { top = 1 });
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/merge", new { title = "All", priorityIds = adopted.Priorities().Select(p => p.Id()) }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.NotProposed.Code);
    }

    [Fact]
    public async Task A_list_by_hand_takes_the_order_that_is_said()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync("dragOrder");
        Assert.Null(list["list"]!["dotsPerVoter"]);
        var ids = list.Priorities().Select(priority => priority.Id()).Reverse().ToList();

        await (await world.Client.SendJsonAsync(HttpMethod.Put, $"{list.Address()}/order", new { priorityIds = ids.Take(2) }, "*")).ExpectFaultAsync("/priorityIds", "priority_list.other_priorities");
        await (await world.Client.SendJsonAsync(HttpMethod.Put, $"{list.Address()}/order", new { priorityIds = ids.Append(ids[0]) }, "*")).ExpectFaultAsync("/priorityIds", "value.duplicate");
        Assert.Equal(["S2.2", "S2.1", "S1.1"], (await world.Client.DoAsync(list, "order", new { priorityIds = ids }, HttpMethod.Put)).Items());
        await (await world.Client.SendJsonAsync(HttpMethod.Put, $"{list.Address()}/order", new { priorityIds = ids }, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");

        var voted = await world.NewListAsync();
        await (await world.Client.SendJsonAsync(HttpMethod.Put, $"{voted.Address()}/order", new { priorityIds = voted.Priorities().Select(p => p.Id()) }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.OrderedByVote.Code);
        // After the vote the team may still agree on another order.
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, voted.Address(), new { ordering = "dragOrder" }, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["S2.2", "S2.1", "S1.1"], (await world.Client.DoAsync(voted, "order", new { priorityIds = voted.Priorities().Select(p => p.Id()).Reverse() }, HttpMethod.Put)).Items());
    }

    [Fact]
    public async Task What_is_dropped_stays_at_the_end_with_its_reason_and_can_be_restored()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync();
        var address = $"{list.Address()}/priorities/{list.Of("S1.1").Id()}";

        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{address}/restore", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.NotDropped.Code);
        var dropped = await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{address}/drop", new { reason = "Under way" }, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("dropped", "Under way"), ((string?)dropped["status"], (string?)dropped["dropReason"]));
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{address}/drop", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.IsDropped.Code);
        Assert.Equal(["S2.1", "S2.2", "S1.1"], (await world.Client.ReadAsync(list.Address())).Items());
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { priorityIds = new[] { dropped.Id() } }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.UnknownPriority.Code);

        var restored = await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{address}/restore", null, dropped.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("proposed", 3), ((string?)restored["status"], (int)restored["position"]!));
        Assert.Null(restored["dropReason"]);
    }

    [Fact]
    public async Task A_list_of_which_nothing_was_adopted_can_be_deleted_with_its_votes()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        await (await (await world.ParticipantAsync()).VoteAsync(list, null, (list.Of("S1.1"), 1))).ExpectAsync(HttpStatusCode.Created);

        await (await (await world.ParticipantAsync()).SendJsonAsync(HttpMethod.Delete, list.Address(), null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Client.SendJsonAsync(HttpMethod.Delete, list.Address(), null, "\"2\"")).StatusCode);

        Assert.Equal((0, 0, 0), await world.Tenant.StoredAsync(async db => (await db.Priorities.CountAsync(), await db.PriorityBallots.CountAsync(), await db.PriorityDots.CountAsync())));
    }
}
