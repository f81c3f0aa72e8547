using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.PlanTemplates;

public sealed class PlanFromTemplateTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_begins_with_the_strategy_the_steps_and_the_obstacles_of_its_template()
    {
        var district = await api.NewReviewedDistrictAsync("cjusd-strategy");

        var whole = await district.Everything.ReadAsync(district.Plan);

        Assert.Equal("cjusd-strategy", (string?)whole["plan"]!["template"]);
        var strategy = whole["strategies"]!.AsArray().Single()!;
        Assert.StartsWith("The PLP team will form a working group", (string?)strategy["narrative"], StringComparison.Ordinal);
        Assert.Equal((13, 10), (whole["steps"]!.AsArray().Count, whole["obstacles"]!.AsArray().Count));
        Assert.All(whole["steps"]!.AsArray(), step => Assert.Equal(((Guid)strategy["id"]!, "notStarted"), ((Guid)step!["strategyId"]!, (string?)step["status"])));
        Assert.Equal(Enum.GetValues<ObstacleKind>().Length - 1, whole["obstacles"]!.AsArray().Select(obstacle => (string?)obstacle!["kind"]).Distinct().Count());
        Assert.Equal((int[])[13, 0, 0, 0], await district.Tenant.StoredAsync(db => db.PlanTallies.Where(t => t.PlanId == district.PlanId).Select(t => t.Steps).SingleAsync(Ct)));
        Assert.Equal(1, await district.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.ResourceId == district.PlanId, Ct)));
        // The first change of the plan can be told like any other.
        Assert.Equal(25, (await district.Everything.ReadAsync($"{district.Plan}/changes")).Items().Count());
    }

    [Fact]
    public async Task Days_are_counted_from_the_start_and_what_is_given_stands_before_the_template()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.Everything.CreateAsync("/v1/plan-templates", new
        {
            code = "ours",
            title = new { en = "Ours" },
            plan = new { marks = new[] { 45, 90 }, vision = "The template's.", notes = "Notes." },
            parts = new object[]
            {
                new { @ref = "m", kind = "measure", parent = "c", content = new { name = "Teams", target = 40 } },
                new { @ref = "c", kind = "cycle", parent = "s", content = new { title = "Try it", dueDay = 90 } },
                new { @ref = "a", kind = "step", parent = "s", content = new { title = "First", startsDay = 0, dueDay = 30, status = "done" } },
                new { @ref = "s", kind = "strategy", content = new { title = "Teams" } },
            },
        });
        Task<JsonObject> Begin(object plan) => district.Everything.CreateAsync("/v1/plans", plan);

        var made = await Begin(new { organizationId = district.District, title = "Plan", startsOn = "2027-01-01", endsOn = "2027-12-31", template = "ours", vision = "Our own." });
        var whole = await district.Everything.ReadAsync($"/v1/plans/{made.Id()}");

        Assert.Equal(("Our own.", "Notes.", "[45,90]"), ((string?)made["vision"], (string?)made["notes"], made["marks"]!.ToJsonString()));
        var step = whole["steps"]!.AsArray().Single()!;
        Assert.Equal(("2027-01-01", "2027-01-31", "2027-01-31", "notStarted"), ((string?)step["startsOn"], (string?)step["dueOn"], (string?)step["firstDueOn"], (string?)step["status"]));
        var cycle = whole["cycles"]!.AsArray().Single()!;
        Assert.Equal(("2027-04-01", (string?)whole["strategies"]![0]!["id"]), ((string?)cycle["dueOn"], (string?)cycle["strategyId"]));
        Assert.Equal((string?)cycle["id"], (string?)whole["measures"]!.AsArray().Single()!["cycleId"]);
        var given = await Begin(new { organizationId = district.District, title = "Plan", startsOn = "2027-01-01", endsOn = "2027-12-31", template = "ours", marks = new[] { 30, 60, 90, 120 } });
        Assert.Equal("[30,60,90,120]", given["marks"]!.ToJsonString());
    }

    [Fact]
    public async Task A_template_that_there_is_not_begins_nothing()
    {
        var district = await api.NewReviewedDistrictAsync();
        Task<HttpResponseMessage> Begin(string template) => district.Everything.SendJsonAsync(
            HttpMethod.Post, "/v1/plans", new { organizationId = district.District, title = "Plan", startsOn = "2027-01-01", endsOn = "2027-12-31", template });

        await (await Begin("no-such")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_template");
        await (await Begin("")).ExpectFaultAsync("/template", "value.length");
        Assert.Equal(1, await district.Tenant.StoredAsync(db => db.Plans.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_plan_becomes_a_template_without_its_days_its_people_and_what_became_of_it()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        var strategy = await lead.CreateAsync($"{district.Plan}/strategies", new { title = "Teams" });
        await lead.CreateAsync($"{district.Plan}/steps", new { title = "First", strategyId = strategy.Id(), ownerPersonId = district.Lead.Id, ownerName = "The lead", dueOn = "2026-10-01", status = "done" });
        await lead.CreateAsync($"{district.Plan}/quick-writes", new { text = "In my own words." });

        var template = await lead.ReadAsync($"{district.Plan}/template?code=from-a-plan");
        await district.Everything.CreateAsync("/v1/plan-templates", template);
        var plan = await district.Everything.CreateAsync("/v1/plans", new { organizationId = district.District, title = "Next", startsOn = "2027-09-01", endsOn = "2028-08-31", template = "from-a-plan" });
        var whole = await district.Everything.ReadAsync($"/v1/plans/{plan.Id()}");

        Assert.DoesNotContain(district.Lead.Id.ToString(), template.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["strategy", "step"], template["parts"]!.AsArray().Select(part => (string?)part!["kind"]));
        var step = whole["steps"]!.AsArray().Single()!;
        Assert.Equal(("2027-10-01", "notStarted", "The lead"), ((string?)step["dueOn"], (string?)step["status"], (string?)step["ownerName"]));
        Assert.Empty(whole["quickWrites"]!.AsArray());
        await (await lead.GetAsync($"{district.Plan}/template?code=No", Ct)).ExpectFaultAsync("?code", "value.pattern");
        await (await lead.GetAsync($"/v1/plans/{Guid.NewGuid()}/template", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.GetAsync($"/v1/plans/{Guid.NewGuid()}/document", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        var document = await lead.ReadAsync($"{district.Plan}/document");
        Assert.Equal(strategy.Id().ToString(), (string?)document["parts"]!.AsArray().Single(part => (string?)part!["kind"] == "step")!["parent"]);
    }
}
