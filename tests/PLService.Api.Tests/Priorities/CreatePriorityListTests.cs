using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Priorities;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Priorities;

public sealed class CreatePriorityListTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gaps_of_the_frozen_result_are_proposed_the_greatest_first_each_as_it_was()
    {
        var world = await api.NewPriorityWorldAsync();

        var made = await world.NewListAsync();

        var list = made["list"]!;
        Assert.Equal(
            (world.District.Id, world.Survey.Id, 1, "sample", "2026-fall", "Priorities 2026-fall", "dotVote", 3, "notOpened"),
            ((Guid)list["organizationId"]!, (Guid)list["assessmentId"]!, (int)list["resultRevision"]!, (string?)list["instrument"], (string?)list["round"], (string?)list["title"],
                (string?)list["ordering"], (int)list["dotsPerVoter"]!, (string?)list["voting"]));
        Assert.Equal(["S1.1", "S2.1", "S2.2"], made.Items());
        var first = made.Priorities().First();
        Assert.Equal(("Item 1.1", "Share of red is 0.6: at least 0.4 makes it a gap", true, "proposed", 0.2),
            ((string?)first["title"], (string?)first["reason"], (bool)first["isProposed"]!, (string?)first["status"], (double)first["favorableShare"]!));
        var level = first["levels"]![0]!;
        Assert.Equal(("S1.1", "S1", true, 10, 0.2, 0.6, 0.0),
            ((string?)level["item"], (string?)level["section"], (bool)level["isGap"]!, (int)level["n"]!, (double)level["favorableShare"]!, (double)level["mean"]!, (double)level["median"]!));
        Assert.Equal([2, 2, 6, 0], level["distribution"]!.AsArray().Select(one => (int)one!["count"]!));
        Assert.Equal("levelShare", (string?)level["decidedBy"]![0]!["condition"]!["measure"]);

        var read = await world.Client.GetAsync(made.Address(), Ct);
        Assert.Equal(made.ToJsonString(), (await read.ExpectAsync(HttpStatusCode.OK)).ToJsonString());
        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        Assert.Equal(3, await world.Tenant.StoredAsync(db => db.Priorities.CountAsync(p => p.Status == PriorityStatus.Proposed)));
        Assert.Contains("priorityList.created", await world.Tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Action).ToListAsync()));
        var listed = await world.Client.ReadAsync($"/v1/priority-lists?withinOrganizationId={world.State.Id}&assessmentId={world.Survey.Id}&count=true");
        Assert.Equal((1L, list.ToJsonString()), ((long)listed["count"]!, listed["items"]![0]!.ToJsonString()));
        Assert.Empty((await world.Client.ReadAsync($"/v1/priority-lists?organizationId={world.State.Id}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Sections_can_be_proposed_as_wholes()
    {
        var world = await api.NewPriorityWorldAsync();
        var sections = await world.NewListAsync(proposedBy: "section");
        Assert.Equal(["S2.1 S2.2"], sections.Items());
        Assert.Equal(("Section 2", 0.4), ((string?)sections.Priorities().Single()["title"], (double)sections.Priorities().Single()["favorableShare"]!));

        // Half of one item is red, and a tenth of the other: the section is none.
        var other = await api.NewPriorityWorldAsync(("S1.1", 5, 0, 5), ("S1.2", 9, 0, 1), ("S2.1", 10, 0, 0), ("S2.2", 10, 0, 0));
        Assert.Equal(["S1.1"], (await other.NewListAsync()).Items());
        Assert.Empty((await other.NewListAsync(proposedBy: "section")).Items());
    }

    [Fact]
    public async Task A_list_stays_what_it_is_when_the_assessment_is_reopened_and_says_otherwise()
    {
        var world = await api.NewPriorityWorldAsync();
        var made = await world.NewListAsync();
        var assessment = $"/v1/assessments/{world.Survey.Id}";
        await world.Tree.ReopenAsync(world.Survey);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, "/v1/priority-lists", new { assessmentId = world.Survey.Id }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.AssessmentNotClosed.Code);
        for (var i = 0; i < 20; i++)
            await world.Client.CreateAsync($"{assessment}/responses", new { ratings = new Dictionary<string, string> { ["S1.1"] = "green", ["S2.1"] = "green", ["S2.2"] = "green" } });
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{assessment}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(made.ToJsonString(), (await world.Client.ReadAsync(made.Address())).ToJsonString());
        var added = await world.Client.CreateAsync($"{made.Address()}/priorities", new { title = "Strength", reason = "It must stay one.", items = new[] { "S1.2" } });
        Assert.Equal(10, (int)added["levels"]![0]!["n"]!);
        var second = await world.NewListAsync();
        Assert.Equal((2, 0), ((int)second["list"]!["resultRevision"]!, second.Items().Length));
    }

    [Fact]
    public async Task What_the_result_withholds_is_withheld_here_too()
    {
        var world = await api.NewPriorityWorldAsync(("S1.1", 0, 0, 3), ("S1.2", 0, 0, 3));

        var made = await world.NewListAsync();

        Assert.Empty(made.Items());
        var added = await world.Client.CreateAsync($"{made.Address()}/priorities", new { title = "All the same", reason = "We know it.", items = new[] { "s1.1" } });
        var level = added["levels"]![0]!;
        Assert.Equal(("S1.1", "smallGroup"), ((string?)level["item"], (string?)level["withheld"]));
        Assert.True(level["n"] is null && level["favorableShare"] is null && level["distribution"] is null && added["favorableShare"] is null);
    }

    [Fact]
    public async Task Who_does_not_lead_there_is_told_so_and_what_is_not_reached_is_unknown()
    {
        var world = await api.NewPriorityWorldAsync();
        var body = new { assessmentId = world.Survey.Id };

        await (await (await world.ParticipantAsync()).SendJsonAsync(HttpMethod.Post, "/v1/priority-lists", body)).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        var birch = await world.Tree.PlaceAsync("district", "Birch", world.State);
        foreach (var client in (HttpClient[])[world.Tenant.Within(birch.Id), (await api.NewTenantAsync()).Everything()])
            await (await client.SendJsonAsync(HttpMethod.Post, "/v1/priority-lists", body)).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.UnknownAssessment.Code);
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.PriorityLists.CountAsync()));
    }

    [Theory]
    [InlineData("""{"dotsPerVoter":0}""", "/dotsPerVoter", "value.out_of_range")]
    [InlineData("""{"dotsPerVoter":21}""", "/dotsPerVoter", "value.out_of_range")]
    [InlineData("""{"dotsPerVoter":3,"ordering":"dragOrder"}""", "/dotsPerVoter", "value.inconsistent")]
    [InlineData("""{"title":""}""", "/title", "value.length")]
    public async Task Bad_input_is_refused_with_its_place(string body, string pointer, string code)
    {
        var tenant = await api.NewTenantAsync();
        var whole = body.Replace("{", $$"""{"assessmentId":"{{Guid.NewGuid()}}",""", StringComparison.Ordinal);

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/priority-lists", whole)).ExpectFaultAsync(pointer, code);
    }
}
