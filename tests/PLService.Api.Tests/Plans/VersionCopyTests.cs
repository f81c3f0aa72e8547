using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

public sealed class VersionCopyTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly object Next = new { startsOn = "2027-09-01", endsOn = "2028-08-31", title = "Plan 2027-28" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_still_to_be_done_comes_along_with_its_days_moved_and_its_status_as_at_the_beginning()
    {
        var (district, lead) = await NewYearAsync();

        var copy = await lead.CreateAsync($"{district.Plan}/copy", Next);
        var whole = await lead.ReadAsync($"/v1/plans/{copy.Id()}");

        Assert.Equal((district.PlanId, "draft", "Plan 2027-28", "none"), ((Guid)copy["copiedFromId"]!, (string?)copy["status"], (string?)copy["title"], (string?)copy["reviewState"]));
        Assert.Equal(["Open"], Titles(whole, "steps"));
        var step = whole["steps"]![0]!;
        Assert.Equal(("2027-10-01", "notStarted", district.Lead.Id), ((string?)step["dueOn"], (string?)step["status"], (Guid)step["ownerPersonId"]!));
        Assert.Equal((Guid)whole["strategies"]![0]!["id"]!, (Guid)step["strategyId"]!);
        Assert.NotEqual((Guid)(await lead.ReadAsync(district.Plan))["strategies"]![0]!["id"]!, (Guid)step["strategyId"]!);
        Assert.Equal(["No time"], Titles(whole, "obstacles"));
        Assert.Equal("[2027,2028]", whole["resources"]![0]!["years"]!.ToJsonString());
        Assert.Equal(["Goes on"], Titles(whole, "cycles"));
        var measure = whole["measures"]!.AsArray().Single()!;
        Assert.Equal((60m, 0), ((decimal)measure["baseline"]!, measure["values"]!.AsArray().Count));
        Assert.Equal((0, 0), (whole["quickWrites"]!.AsArray().Count, whole["progressNotes"]!.AsArray().Count));
    }

    [Fact]
    public async Task Done_steps_come_along_when_they_are_asked_for_and_dropped_ones_never()
    {
        var (district, lead) = await NewYearAsync();

        var copy = await lead.CreateAsync($"{district.Plan}/copy", new { startsOn = "2027-09-01", endsOn = "2028-08-31", withDoneSteps = true, externalId = "plan-27" });
        var whole = await lead.ReadAsync($"/v1/plans/{copy.Id()}");

        Assert.Equal(["Open", "Done"], Titles(whole, "steps"));
        Assert.All(whole["steps"]!.AsArray(), step => Assert.Equal(("notStarted", null), ((string?)step!["status"], (string?)step["doneOn"])));
        Assert.Equal("plan-27", (string?)copy["externalId"]);
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/copy", new { startsOn = "2027-09-01", endsOn = "2028-08-31", externalId = "plan-27" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "plan.external_id_taken");
    }

    [Fact]
    public async Task To_another_organization_nobody_of_the_first_ones_goes_along()
    {
        var (district, _) = await NewYearAsync();
        var other = (await district.Everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Birch Hill", parentId = district.Region })).Id();
        var lead = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.DistrictLead, district.Region)));

        var copy = await lead.CreateAsync($"{district.Plan}/copy", new { startsOn = "2026-09-01", endsOn = "2027-08-31", organizationId = other });
        var step = (await lead.ReadAsync($"/v1/plans/{copy.Id()}"))["steps"]!.AsArray().Single()!;

        Assert.Equal((other, null, "2026-10-01"), ((Guid)copy["organizationId"]!, (string?)step["ownerPersonId"], (string?)step["dueOn"]));
    }

    [Fact]
    public async Task What_cannot_be_copied()
    {
        var (district, lead) = await NewYearAsync();
        var closed = await district.Everything.CreateAsync("/v1/organizations", new { kind = "school", name = "Closed", parentId = district.District });
        await (await district.Everything.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{closed.Id()}/close", new { closedOn = "2026-01-31" }, closed.ETag())).ExpectAsync(HttpStatusCode.OK);
        Task<HttpResponseMessage> Copy(HttpClient client, Guid? organizationId = null, string endsOn = "2028-08-31", string? plan = null) =>
            client.SendJsonAsync(HttpMethod.Post, $"{plan ?? district.Plan}/copy", new { startsOn = "2027-09-01", endsOn, organizationId });

        await (await Copy(lead, plan: $"/v1/plans/{Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await Copy(lead, Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_organization");
        await (await Copy(lead, district.Region)).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_organization");
        await (await Copy(lead, closed.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.organization_closed");
        await (await Copy(lead, endsOn: "2027-09-01")).ExpectFaultAsync("/endsOn", "plan.bad_period");
        var participant = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Participant, district.District)));
        await (await Copy(participant)).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        Assert.Equal(1, await district.Tenant.StoredAsync(db => db.Plans.CountAsync(Ct)));
    }

    private async Task<(ReviewedDistrict District, HttpClient Lead)> NewYearAsync()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, plan) = (district.AsLead, district.Plan);
        var strategy = (await lead.CreateAsync($"{plan}/strategies", new { title = "Teams" })).Id();
        var open = await lead.CreateAsync($"{plan}/steps", new { title = "Open", strategyId = strategy, ownerPersonId = district.Lead.Id, dueOn = "2026-10-01", status = "inProgress" });
        await lead.CreateAsync($"{plan}/progress-notes", new { stepId = open.Id(), text = "Half of it." });
        await lead.CreateAsync($"{plan}/steps", new { title = "Done", strategyId = strategy, status = "done" });
        await lead.CreateAsync($"{plan}/steps", new { title = "Dropped", status = "dropped" });
        await lead.CreateAsync($"{plan}/obstacles", new { title = "No time", kind = "schedule" });
        await lead.CreateAsync($"{plan}/obstacles", new { title = "Gone", kind = "space", status = "resolved" });
        await lead.CreateAsync($"{plan}/resources", new { title = "Title II", kind = "money", amount = 1000, years = new[] { 2026, 2027 } });
        await lead.CreateAsync($"{plan}/quick-writes", new { text = "In my own words." });
        var goesOn = (await lead.CreateAsync($"{plan}/cycles", new { title = "Goes on", strategyId = strategy })).Id();
        var isOver = (await lead.CreateAsync($"{plan}/cycles", new { title = "Is over", strategyId = strategy, decision = "adopt" })).Id();
        await lead.CreateAsync($"{plan}/measures", new { cycleId = goesOn, name = "Teams", baseline = 10, values = new[] { new { on = "2027-06-01", value = 60 }, new { on = "2026-12-01", value = 30 } } });
        await lead.CreateAsync($"{plan}/measures", new { cycleId = isOver, name = "Other" });
        return (district, lead);
    }

    private static IEnumerable<string?> Titles(JsonObject whole, string parts) => whole[parts]!.AsArray().Select(part => (string?)part!["title"]);
}
