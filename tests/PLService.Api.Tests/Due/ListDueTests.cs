using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.Due;

public sealed class ListDueTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An active plan that began 20 days ago, so that its first check-in is in ten days.</summary>
    private async Task<PlanAtWork> PlanAsync()
    {
        var plan = await api.NewPlanAsync(Day(-20), new { endsOn = Day(300) });
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return plan;
    }

    private static string Day(int days) => Today.AddDays(days).ToString("O");

    private static IEnumerable<string> Titles(JsonObject page) => page["items"]!.AsArray().Select(item => (string)item!["title"]!);

    private static async Task<Guid> TeamAsync(PlanAtWork plan, string name, params Guid[] members)
    {
        var team = (await plan.Everything.CreateAsync("/v1/teams", new { organizationId = plan.District, kind = "workingGroup", name })).Id();
        foreach (var member in members)
            await plan.Everything.CreateAsync($"/v1/teams/{team}/members", new { personId = member, constituencies = new[] { "teacher" } });
        return team;
    }

    [Fact]
    public async Task Mine_is_what_I_or_a_team_of_mine_sees_to_the_most_overdue_first()
    {
        var plan = await PlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        var (ben, _) = await plan.NewPersonAsync(Role.Participant);
        var (mine, other) = (await TeamAsync(plan, "Mine", ada.Id), await TeamAsync(plan, "Other", ben.Id));
        await plan.AddAsync("steps", new { title = "Soon", dueOn = Day(3), ownerPersonId = ada.Id, ownerTeamId = mine });
        await plan.AddAsync("steps", new { title = "Overdue", dueOn = Day(-3), ownerTeamId = mine });
        await plan.AddAsync("steps", new { title = "Later", dueOn = Day(31), ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Done", dueOn = Day(-1), ownerPersonId = ada.Id, status = "done" });
        await plan.AddAsync("steps", new { title = "Undated", ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Another's", dueOn = Day(-1), ownerPersonId = ben.Id, ownerTeamId = other });

        var page = await asAda.ReadAsync("/v1/due?count=true");

        Assert.Equal(["Overdue", "Soon"], Titles(page));
        Assert.Equal(2, (int)page["count"]!);
        var item = page["items"]![0]!;
        Assert.Equal(("step", -3, "notStarted", plan.Id, "Cedar Valley", mine), ((string)item["kind"]!, (int)item["daysLeft"]!, (string)item["status"]!, (Guid)item["planId"]!, (string)item["organization"]!, (Guid)item["ownerTeamId"]!));
        Assert.Equal(["Overdue", "Soon", "Later"], Titles(await asAda.ReadAsync($"/v1/due?before={Day(32)}")));
        Assert.Equal(["Overdue"], Titles(await asAda.ReadAsync($"/v1/due?before={Day(0)}")));
    }

    [Fact]
    public async Task Who_leads_the_plan_sees_its_next_check_in_and_the_cycles_to_review()
    {
        var plan = await PlanAsync();
        var strategy = await plan.AddAsync("strategies", new { title = "Structures" });
        await plan.AddAsync("cycles", new { strategyId = strategy.Id(), title = "Pairs", dueOn = Day(4) });
        await plan.AddAsync("cycles", new { strategyId = strategy.Id(), title = "Decided", dueOn = Day(4), decision = "adopt", decidedOn = Day(-1) });
        var (_, asLead) = await plan.NewPersonAsync(Role.DistrictLead);
        var (_, asParticipant) = await plan.NewPersonAsync(Role.Participant);
        var asAdmin = plan.Tenant.As(await plan.Tenant.NewPersonAsync((Role.AgencyAdmin, null)));

        var items = (await asLead.ReadAsync("/v1/due"))["items"]!.AsArray();

        Assert.Equal([("cycle", "Pairs", 4, null), ("checkIn", "Plan", 10, 30)], items.Select(item => ((string)item!["kind"]!, (string)item["title"]!, (int)item["daysLeft"]!, (int?)item["mark"])));
        Assert.Empty((await asParticipant.ReadAsync("/v1/due"))["items"]!.AsArray());
        // Whoever administers the tenant leads everywhere, and nowhere in particular.
        Assert.Empty((await asAdmin.ReadAsync("/v1/due"))["items"]!.AsArray());
        Assert.Equal(2, (await asAdmin.ReadAsync($"/v1/due?organizationId={plan.District}"))["items"]!.AsArray().Count);

        await plan.Everything.CreateAsync($"{plan.Path}/check-ins", new { mark = 30, early = true, earlyReason = "Break" });
        var next = (await asLead.ReadAsync($"/v1/due?before={Day(60)}"))["items"]!.AsArray().Single(item => (string?)item!["kind"] == "checkIn")!;
        Assert.Equal((60, 40), ((int)next["mark"]!, (int)next["daysLeft"]!));
    }

    [Fact]
    public async Task Pages_follow_one_another_in_the_order_of_days()
    {
        var plan = await PlanAsync();
        foreach (var day in (int[])[5, -2, 5, 0, 9])
            await plan.AddAsync("steps", new { title = $"{day}", dueOn = Day(day) });
        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = await plan.Everything.ReadAsync($"/v1/due?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            titles.AddRange(Titles(page));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(["-2", "0", "5", "5", "9", "Plan"], titles);
    }

    [Fact]
    public async Task Those_who_lead_there_see_what_is_due_for_a_person_or_a_team()
    {
        var plan = await PlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        var (ben, asBen) = await plan.NewPersonAsync(Role.Participant);
        var team = await TeamAsync(plan, "Mine", ada.Id);
        await plan.AddAsync("steps", new { title = "Person", dueOn = Day(1), ownerPersonId = ben.Id });
        await plan.AddAsync("steps", new { title = "Team", dueOn = Day(2), ownerTeamId = team });
        var (_, asLead) = await plan.NewPersonAsync(Role.Facilitator);
        var elsewhere = (await plan.Everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Birch" })).Id();
        var asOther = plan.Tenant.As(await plan.Tenant.NewPersonAsync((Role.DistrictLead, elsewhere), (Role.Viewer, plan.District)));

        Assert.Equal(["Person"], Titles(await asLead.ReadAsync($"/v1/due?personId={ben.Id}")));
        Assert.Equal(["Team"], Titles(await asLead.ReadAsync($"/v1/due?teamId={team}&organizationId={plan.District}")));
        Assert.Equal(["Team"], Titles(await asAda.ReadAsync($"/v1/due?teamId={team}")));
        Assert.Equal(["Person"], Titles(await asBen.ReadAsync($"/v1/due?personId={ben.Id}")));
        await RefusedAsync(asBen, $"?teamId={team}");
        await RefusedAsync(asAda, $"?personId={ben.Id}");
        await RefusedAsync(asAda, $"?organizationId={plan.District}");
        await RefusedAsync(asOther, $"?organizationId={plan.District}");
        // Who leads elsewhere sees of them what is of plans there.
        Assert.Empty((await asOther.ReadAsync($"/v1/due?personId={ben.Id}"))["items"]!.AsArray());

        static async Task RefusedAsync(HttpClient client, string query) =>
            await (await client.GetAsync($"/v1/due{query}", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "due.leaders_only");
    }

    [Fact]
    public async Task Only_active_plans_count_and_what_is_not_there_is_not_found()
    {
        var draft = await api.NewPlanAsync(Day(-20), new { endsOn = Day(300) });
        await draft.AddAsync("steps", new { title = "Draft", dueOn = Day(1) });
        Task<HttpResponseMessage> AskAsync(string query) => draft.Everything.GetAsync($"/v1/due{query}", Ct);

        Assert.Empty((await draft.Everything.ReadAsync("/v1/due"))["items"]!.AsArray());
        await (await AskAsync($"?organizationId={Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await AskAsync($"?teamId={Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");
        await (await AskAsync($"?personId={Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        await (await AskAsync($"?personId={Guid.NewGuid()}&teamId={Guid.NewGuid()}")).ExpectFaultAsync("?teamId", "value.inconsistent");
        await (await AskAsync("?cursor=bm90")).ExpectFaultAsync("?cursor", "cursor.unknown");
    }
}
