using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Priorities;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Priorities;

/// <summary>Dots: who gives how many, who sees them, and the order that follows from them.</summary>
public sealed class VotingTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_people_vote_at_once_and_no_dot_is_lost()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync(dotsPerVoter: 4);
        var voters = new List<HttpClient>();
        for (var i = 0; i < 20; i++)
            voters.Add(await world.ParticipantAsync());

        var answers = await Task.WhenAll(voters.Select((voter, i) => voter.VoteAsync(
            list, null, i % 2 == 0 ? [(list.Of("S2.2"), 4)] : [(list.Of("S2.2"), 1), (list.Of("S1.1"), 2)])));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var counts = await world.Client.ReadAsync($"{list.Address()}/votes");
        Assert.Equal(("open", 20, 20), ((string?)counts["voting"], (int)counts["voters"]!, (int)counts["people"]!));
        Assert.Equal([(list.Of("S2.2").Id(), 50), (list.Of("S1.1").Id(), 20)], counts["dots"]!.AsArray().Select(one => ((Guid)one!["priorityId"]!, (int)one["dots"]!)));
        // While people vote, the list itself does not change.
        Assert.Equal(["S1.1", "S2.1", "S2.2"], (await world.Client.ReadAsync(list.Address())).Items());

        var closed = await world.Client.DoAsync(list, "voting/close");
        Assert.Equal(["S2.2", "S1.1", "S2.1"], closed.Items());
        Assert.Equal([50, 20, 0], closed.Priorities().Select(priority => (int)priority["dots"]!));
        Assert.Equal((20, "closed", false), ((int)closed["list"]!["voters"]!, (string?)closed["list"]!["voting"], (bool)closed["list"]!["dotsWithheld"]!));
        Assert.Equal(20, await world.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.Action == "priorityList.voted" && e.Detail == null)));
    }

    [Fact]
    public async Task Of_as_many_dots_the_greater_gap_comes_first_and_of_equal_gaps_the_item_that_comes_first()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        await PaperAsync(world, list, 6, (list.Of("S2.2"), 3), (list.Of("S2.1"), 3), (list.Of("S1.1"), 3));

        Assert.Equal(["S1.1", "S2.1", "S2.2"], (await world.Client.DoAsync(list, "voting/close")).Items());
    }

    [Fact]
    public async Task One_may_think_again_and_nobody_else_reads_what_one_gave()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        var (ada, ben) = (await world.ParticipantAsync(), await world.ParticipantAsync());
        var mine = $"{list.Address()}/votes/mine";
        await (await ada.GetAsync(mine, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "vote.not_found");
        await (await ada.VoteAsync(list, "*", (list.Of("S1.1"), 1))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        var given = await (await ada.VoteAsync(list, null, (list.Of("S1.1"), 3))).ExpectAsync(HttpStatusCode.Created);
        Assert.Equal((3, 0), ((int)given["dotsPerVoter"]!, (int)given["dotsLeft"]!));

        await (await ada.VoteAsync(list, null, (list.Of("S2.1"), 1))).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await ada.VoteAsync(list, given.ETag(), (list.Of("S2.1"), 1))).ExpectAsync(HttpStatusCode.OK);
        await (await ada.VoteAsync(list, given.ETag(), (list.Of("S2.2"), 1))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");

        var read = await ada.ReadAsync(mine);
        Assert.Equal((2L, 2, list.Of("S2.1").Id()), ((long)read["version"]!, (int)read["dotsLeft"]!, (Guid)read["votes"]![0]!["priorityId"]!));
        foreach (var other in (HttpClient[])[ben, world.Client])
            await (await other.GetAsync(mine, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "vote.not_found");
        // With one voter the counts would be the voter's dots.
        foreach (var other in (HttpClient[])[ada, ben, world.Client])
        {
            var counts = await other.ReadAsync($"{list.Address()}/votes");
            Assert.Equal((1, "smallGroup"), ((int)counts["voters"]!, (string?)counts["withheld"]));
            Assert.Null(counts["dots"]);
        }

        var closed = await world.Client.DoAsync(list, "voting/close");
        Assert.Equal(["S2.1", "S1.1", "S2.2"], closed.Items());
        Assert.True((bool)closed["list"]!["dotsWithheld"]! && closed.Priorities().All(priority => priority["dots"] is null));

        // Opened again, the dots are there to be taken back.
        await world.Client.DoAsync(list, "voting/open");
        await (await ada.VoteAsync(list, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(0, (int)(await world.Client.ReadAsync($"{list.Address()}/votes"))["voters"]!);
    }

    [Fact]
    public async Task Paper_is_entered_by_those_who_lead_and_counts_with_the_rest()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        var address = $"{list.Address()}/votes/paper/table-4";
        var participant = await world.ParticipantAsync();
        await (await participant.VoteAsync(list, null, (list.Of("S1.1"), 3))).ExpectAsync(HttpStatusCode.Created);

        var body = new { voters = 5, votes = PrioritySteps.Votes((list.Of("S2.2"), 15)) };
        await (await participant.SendJsonAsync(HttpMethod.Put, address, body)).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        var entered = await (await world.Client.SendJsonAsync(HttpMethod.Put, address, body)).ExpectAsync(HttpStatusCode.Created);
        await (await world.Client.SendJsonAsync(HttpMethod.Put, address, new { voters = 4, body.votes }, entered.ETag()))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.TooManyDots.Code);
        await (await participant.GetAsync(address, Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        Assert.Equal(15, (int)(await world.Client.ReadAsync(address))["votes"]![0]!["dots"]!);
        await (await world.Client.GetAsync(address + "x", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "vote.not_found");

        var counts = await world.Client.ReadAsync($"{list.Address()}/votes");
        Assert.Equal((6, 1, "table-4", 15), ((int)counts["voters"]!, (int)counts["people"]!, (string?)counts["paperGroups"]![0]!["groupKey"], (int)counts["dots"]![0]!["dots"]!));
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await world.Client.SendJsonAsync(HttpMethod.Delete, address)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Client.SendJsonAsync(HttpMethod.Delete, address, null, entered.ETag())).StatusCode);
        Assert.Equal(1, (int)(await world.Client.ReadAsync($"{list.Address()}/votes"))["voters"]!);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync();
        var ada = await world.ParticipantAsync();
        await (await ada.VoteAsync(list, null, (list.Of("S1.1"), 1))).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsNotOpen.Code);
        await (await ada.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/voting/open", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/voting/close", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsNotOpen.Code);
        await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities/{list.Of("S2.1").Id()}/drop", new { }, "*");
        await world.Client.DoAsync(list, "voting/open");

        await (await ada.VoteAsync(list, null, (list.Of("S1.1"), 3), (list.Of("S2.2"), 1))).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.TooManyDots.Code);
        await (await ada.VoteAsync(list, null, (list.Of("S2.1"), 1))).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.UnknownPriority.Code);
        await (await ada.VoteAsync(list, null, (list.Of("S1.1"), 0))).ExpectFaultAsync("/votes", "value.out_of_range");
        await (await ada.VoteAsync(list, null, (list.Of("S1.1"), 1), (list.Of("S1.1"), 1))).ExpectFaultAsync("/votes", "value.duplicate");
        await (await world.Client.VoteAsync(list, null, (list.Of("S1.1"), 1))).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.PeopleVote.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/voting/open", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsOpen.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/priorities", new { title = "Late", reason = "Late", items = new[] { "S1.2" } }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsOpen.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, list.Address(), new { dotsPerVoter = 5 }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.DotsAreGiven.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, list.Address(), new { ordering = "dragOrder" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsOpen.Code);
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.PriorityBallots.CountAsync()));

        var byHand = await world.NewListAsync("dragOrder");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{byHand.Address()}/voting/open", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.OrderedByHand.Code);
    }

    [Fact]
    public async Task Whoever_votes_while_it_is_closed_is_counted_or_refused()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.OpenListAsync();
        var voters = new List<HttpClient>();
        for (var i = 0; i < 12; i++)
            voters.Add(await world.ParticipantAsync());

        var votes = voters.Select(voter => voter.VoteAsync(list, null, (list.Of("S2.2"), 3))).ToList();
        var closed = await world.Client.DoAsync(list, "voting/close");

        var taken = (await Task.WhenAll(votes)).Count(answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.Equal(taken, (int)closed["list"]!["voters"]!);
        Assert.Equal(taken * 3, await world.Tenant.StoredAsync(db => db.Priorities.SumAsync(p => p.Dots)));
    }

    private static async Task PaperAsync(PriorityWorld world, System.Text.Json.Nodes.JsonObject list, int voters, params (System.Text.Json.Nodes.JsonObject Priority, int Dots)[] votes) =>
        await (await world.Client.SendJsonAsync(HttpMethod.Put, $"{list.Address()}/votes/paper/all", new { voters, votes = PrioritySteps.Votes(votes) })).ExpectAsync(HttpStatusCode.Created);
}
