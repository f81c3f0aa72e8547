using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Priorities;
using PLService.Api.Tests.Reports;

namespace PLService.Api.Tests.Plans;

/// <summary>The planning protocol of WA-TPL from its dots to the gaps that closed, and a working group's strategy as its district wrote it, over the API alone.</summary>
public sealed class ProtocolWalkTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_dots_to_priorities_to_a_plan_with_four_check_ins_and_the_gaps_that_closed()
    {
        // Steps 3 to 5: everybody places dots, the assessment closes, and three of the team vote on what comes first.
        var world = await api.NewPriorityWorldAsync(Asked(GapSteps.First));
        var list = await world.OpenListAsync(dotsPerVoter: 3);
        for (var voter = 0; voter < 3; voter++)
            await (await (await world.ParticipantAsync()).VoteAsync(list, null, (list.Of("S1.1"), 2), (list.Of("S2.1"), 1))).ExpectAsync(HttpStatusCode.Created);
        list = await world.Client.DoAsync(list, "voting/close");
        Assert.Equal(["S1.1", "S2.1"], PrioritySteps.Items(list).Take(2));
        list = await world.Client.DoAsync(list, "adopt", new { top = 2 });

        // Steps 2 and 6: where do we want to be one year from today, and what we will do in 30-day increments.
        var start = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-130);
        string Day(int days) => start.AddDays(days).ToString("O");
        var plan = await world.Client.CreateAsync("/v1/plans", new
        {
            organizationId = world.District.Id,
            title = "WA-TPL plan",
            template = "wa-tpl-chart",
            startsOn = Day(0),
            endsOn = Day(365),
        });
        var path = $"/v1/plans/{plan.Id()}";
        foreach (var words in (string[])["Every team meets weekly.", "Nobody learns alone."])
            await (await world.ParticipantAsync()).CreateAsync($"{path}/quick-writes", new { text = words });
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, path, new { vision = "Every educator learns in a team, every week." }, "*")).ExpectAsync(HttpStatusCode.OK);
        var strategy = await world.Client.CreateAsync($"{path}/strategies", new
        {
            title = "Protected time",
            priorityId = list.Of("S1.1").Id(),
            serves = new[] { new { framework = "ct-2015", code = "RES" } },
        });
        async Task<Guid> StepAsync(string title, int due) => (await world.Client.CreateAsync($"{path}/steps", new
        {
            title,
            strategyId = strategy.Id(),
            dueOn = Day(due),
            ownerName = "District leadership team",
            toolsAndMaterials = new[] { $"Tools for {title}" },
            expectedBenefits = "Teams meet.",
            expectedFrustrations = "Buses.",
        })).Id();
        var (agree, pilot) = (await StepAsync("Agree", 25), await StepAsync("Pilot", 55));
        await StepAsync("Everywhere", 110);
        await world.Client.CreateAsync($"{path}/obstacles", new { title = "Buses", kind = "schedule", strategyId = strategy.Id() });
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);

        // Every 30 days the team looks back: agreed in time, the pilot twice too late, the rest given up at last.
        Task<JsonObject> HoldAsync(object checkIn) => world.Client.CreateAsync($"{path}/check-ins", checkIn);
        await HoldAsync(new { mark = 30, done = "We agreed.", benefits = "Trust.", frustrations = "Slow.", steps = new[] { new { stepId = agree, fate = "done" } } });
        await HoldAsync(new { mark = 60 });
        await HoldAsync(new { mark = 90 });
        await HoldAsync(new { mark = 120, steps = new[] { new { stepId = pilot, fate = "done" } } });
        var steps = (await world.Client.ReadAsync(path))["steps"]!.AsArray();
        Assert.Equal([("Agree", "done", 0), ("Pilot", "done", 2), ("Everywhere", "notStarted", 1)], steps.Select(step => ((string)step!["title"]!, (string)step["status"]!, (int)step["carriedOver"]!)));
        var chart = await world.Client.ReadAsync($"{path}/chart");
        Assert.Equal(["Agree"], chart.Column(30)["happened"]!["done"].Titles());
        Assert.Equal(["Pilot"], chart.Column(60)["bestGuess"].Titles());
        Assert.Equal(["Pilot"], chart.Column(120)["happened"]!["done"].Titles());
        using var page = new HttpRequestMessage(HttpMethod.Get, $"{path}/chart") { Headers = { { "Accept", "application/pdf" } } };
        using var pdf = await world.Client.SendAsync(page, Ct);
        Assert.Equal("%PDF-"u8.ToArray(), (await pdf.Content.ReadAsByteArrayAsync(Ct))[..5]);

        // The second assessment tells which gaps closed, and what had been done about them.
        await world.Tree.SurveyAsync(world.District, world.Edition, GapSteps.Now, PrioritySteps.Said(Asked(GapSteps.Second)));
        var report = await world.Client.ReadAsync(GapSteps.Gaps(world.District));
        var closed = report.ItemOf("S1.1");
        Assert.Equal(("closed", true, strategy.Id()), ((string?)closed["change"], (bool)closed["actedOn"]!, (Guid)closed["strategies"]![0]!["id"]!));
        Assert.Equal((2, 1), ((int)closed["stepCounts"]!["done"]!, (int)closed["stepCounts"]!["notStarted"]!));
        Assert.Equal(("narrowed", false), ((string?)report.ItemOf("S2.1")["change"], (bool)report.ItemOf("S2.1")["actedOn"]!));
    }

    [Fact]
    public async Task The_working_group_on_structures_is_entered_as_its_district_wrote_it()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Colton" })).Id();
        var group = await everything.CreateAsync("/v1/teams", new { organizationId = district, name = "PLP working group on structures", kind = "workingGroup" });
        var person = await tenant.NewPersonAsync((Role.Facilitator, district));
        await everything.CreateAsync($"/v1/teams/{group.Id()}/members", new { personId = person.Id, role = "chair", constituencies = new[] { "teacher" } });

        var plan = await everything.CreateAsync("/v1/plans", new { organizationId = district, title = "PLP", template = "cjusd-strategy", startsOn = "2026-09-01", endsOn = "2027-08-31" });
        var path = $"/v1/plans/{plan.Id()}";
        var whole = await everything.ReadAsync(path);
        Assert.Equal("Create Structures That Promote a Professional Learning Environment", (string?)Assert.Single(whole["strategies"]!.AsArray())!["title"], ignoreCase: true);
        Assert.Equal((13, 10), (whole["steps"]!.AsArray().Count, whole["obstacles"]!.AsArray().Count));
        Assert.Superset(
            new HashSet<string> { "schedule", "funding", "training", "mindset", "dataAccess", "space", "bargainingAgreement", "culture", "incentive", "substitutes" },
            whole["obstacles"]!.AsArray().Select(obstacle => (string)obstacle!["kind"]!).ToHashSet());

        // The group sees to its steps, and one of its members writes how it goes.
        var step = whole["steps"]![0]!.AsObject();
        await (await everything.SendJsonAsync(HttpMethod.Patch, $"{path}/steps/{step.Id()}", new { ownerTeamId = group.Id(), dueOn = "2026-10-01" }, step.ETag())).ExpectAsync(HttpStatusCode.OK);
        await tenant.As(person).CreateAsync($"{path}/progress-notes", new { stepId = step.Id(), text = "Research is read." });
        var cycle = await everything.CreateAsync($"{path}/cycles", new { strategyId = whole["strategies"]![0]!.AsObject().Id(), title = "Collaboration", stage = "evaluate" });
        await everything.CreateAsync($"{path}/measures", new { cycleId = cycle.Id(), name = "Teams that meet", unit = "%", baseline = 40, target = 90, values = new[] { new { on = "2026-11-01", value = 55 } } });
        await (await everything.SendJsonAsync(HttpMethod.Patch, $"{path}/cycles/{cycle.Id()}", new { decision = "adapt", decisionReason = "Too few.", decidedOn = "2026-12-01" }, cycle.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("adapt", (string?)(await everything.ReadAsync(path))["cycles"]![0]!["decision"]);
    }

    // Of the items that the shorter instrument has.
    private static (string Item, int Green, int Yellow, int Red)[] Asked((string Item, int Green, int Yellow, int Red)[] said) => [.. said.Where(one => !one.Item.EndsWith(".3", StringComparison.Ordinal))];
}
