using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

public sealed class BasePlanTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_begins_as_a_draft_with_usual_marks_and_is_read_with_its_parts()
    {
        var plan = await api.NewPlanAsync(further: new { externalId = "P-1", vision = "Teams everywhere." });
        var strategy = await plan.AddAsync("strategies", new { title = "Structures", narrative = "Why." });
        var step = await plan.AddAsync("steps", new { title = "Meet", strategyId = strategy.Id(), dueOn = "2026-10-01", toolsAndMaterials = new[] { "Schedules" } });
        await plan.AddAsync("obstacles", new { title = "Buses", kind = "schedule", strategyId = strategy.Id() });

        var whole = await plan.ReadAsync();

        Assert.Equal(("draft", "P-1", 4L), ((string?)whole["plan"]!["status"], (string?)whole["plan"]!["externalId"], (long)whole["plan"]!["version"]!));
        Assert.Equal([30, 60, 90, 120], whole["plan"]!["marks"]!.AsArray().Select(day => (int)day!));
        var read = Assert.Single(whole["steps"]!.AsArray())!;
        Assert.Equal((step.Id(), "notStarted", "2026-10-01", "2026-10-01", 0), ((Guid)read["id"]!, (string?)read["status"], (string?)read["dueOn"], (string?)read["firstDueOn"], (int)read["position"]!));
        Assert.Equal("medium", (string?)whole["obstacles"]![0]!["severity"]);
        using var unchanged = await plan.Everything.SendAsync(new(HttpMethod.Get, plan.Path) { Headers = { { "If-None-Match", "\"4\"" } } }, Ct);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task What_a_plan_comes_to_is_kept_with_every_change()
    {
        var plan = await api.NewPlanAsync();
        var first = await plan.AddAsync("steps", new { title = "One", dueOn = "2026-10-01" });
        await plan.AddAsync("steps", new { title = "Two", dueOn = "2026-09-20", status = "inProgress" });
        await plan.AddAsync("obstacles", new { title = "Money", kind = "funding" });
        await plan.AddAsync("obstacles", new { title = "Past", kind = "culture", status = "resolved" });
        await plan.AddAsync("resources", new { kind = "time", title = "Team time", minutesPerWeek = 90 });
        await plan.AddAsync("resources", new { kind = "money", title = "Title II", amount = 12_500.50m });
        await plan.ChangeAsync("steps", first.Id(), new { status = "done", doneOn = "2026-09-30" });

        var tally = await plan.Tenant.StoredAsync(db => db.PlanTallies.SingleAsync(t => t.PlanId == plan.Id, Ct));

        Assert.Equal([0, 1, 1, 0], tally.Steps);
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], tally.Obstacles);
        Assert.Equal([new DateOnly(2026, 9, 20)], tally.OpenDue);
        Assert.Equal([new DateOnly(2026, 9, 30)], tally.DoneOn);
        Assert.Equal((90m, 12_500.50m), (tally.MinutesPerWeek, tally.Amount));
    }

    [Fact]
    public async Task The_page_of_a_standard_tells_which_plans_serve_it_until_they_do_no_more()
    {
        var plan = await api.NewPlanAsync();
        await plan.Everything.CreateAsync("/v1/frameworks", new { code = "local-pl", title = "Local standards", creator = "Cedar Valley" });
        await plan.Everything.CreateAsync("/v1/frameworks/local-pl/standards", new { code = "TIME", statement = "There is time." });
        object serves = new[] { new { framework = "local-pl", code = "TIME" } };
        var step = await plan.AddAsync("steps", new { title = "Meet", serves });
        Task<int> CountAsync() => plan.Tenant.StoredAsync(db => db.StandardReferences.CountAsync(r => r.ResourceType == "plan" && r.ResourceId == plan.Id, Ct));

        Assert.Equal(1, await CountAsync());
        await plan.ChangeAsync("steps", step.Id(), new { serves = Array.Empty<object>() });
        Assert.Equal(0, await CountAsync());
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/steps", new { title = "X", serves = new[] { new { framework = "local-pl", code = "NONE" } } }))
            .ExpectFaultAsync("/serves/0", "plan.unknown_standard");
    }

    [Fact]
    public async Task A_plan_goes_through_its_life_and_a_completed_one_is_changed_no_more()
    {
        var plan = await api.NewPlanAsync();
        async Task<HttpResponseMessage> MoveAsync(string to) => await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/{to}", ifMatch: "*");

        await (await MoveAsync("complete")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.wrong_status");
        Assert.Equal("active", (string?)(await (await MoveAsync("activate")).ExpectAsync(HttpStatusCode.OK))["status"]);
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, plan.Path, ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.begun");
        await (await MoveAsync("complete")).ExpectAsync(HttpStatusCode.OK);
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/steps", new { title = "Late" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.not_editable");
        await (await MoveAsync("archive")).ExpectAsync(HttpStatusCode.OK);
        Assert.Empty((await plan.Everything.ReadAsync("/v1/plans"))["items"]!.AsArray());
        Assert.Single((await plan.Everything.ReadAsync("/v1/plans?status=archived"))["items"]!.AsArray());
        await (await MoveAsync("unarchive")).ExpectAsync(HttpStatusCode.OK);
        await (await MoveAsync("activate")).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_draft_goes_with_all_that_it_has()
    {
        var plan = await api.NewPlanAsync();
        await plan.AddAsync("steps", new { title = "One" });

        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, plan.Path)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, plan.Path, ifMatch: "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, plan.Path, ifMatch: "\"2\"")).ExpectAsync(HttpStatusCode.NoContent);

        await (await plan.Everything.GetAsync(plan.Path, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        Assert.Equal(0, await plan.Tenant.StoredAsync(db => db.PlanParts.CountAsync(Ct)));
    }

    [Fact]
    public async Task Wrong_input_is_told_with_its_place()
    {
        var plan = await api.NewPlanAsync(further: new { externalId = "P-1" });
        Task<HttpResponseMessage> AddAsync(string kind, object part) => plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/{kind}", part);
        var body = new { organizationId = plan.District, title = "Plan", startsOn = "2026-09-01", endsOn = "2026-08-31", marks = new[] { 30, 30 } };

        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, "/v1/plans", body)).ExpectFaultAsync("/endsOn", "plan.bad_period");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, "/v1/plans", body)).ExpectFaultAsync("/marks", "plan.bad_marks");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, "/v1/plans", new { organizationId = plan.District, title = "Two", startsOn = "2026-09-01", endsOn = "2027-08-31", externalId = "P-1" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "plan.external_id_taken");
        await (await AddAsync("steps", new { title = "", dueOn = "2026-09-01", startsOn = "2026-09-02", doneOn = "2026-09-01" })).ExpectFaultAsync("/title", "value.required");
        await (await AddAsync("steps", new { title = "S", dueOn = "2026-09-01", startsOn = "2026-09-02" })).ExpectFaultAsync("/dueOn", "plan.due_before_start");
        await (await AddAsync("steps", new { title = "S", doneOn = "2026-09-01" })).ExpectFaultAsync("/doneOn", "plan.not_done");
        await (await AddAsync("steps", new { title = "S", strategyId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_parent");
        await (await AddAsync("steps", new { title = "S", ownerPersonId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_owner");
        await (await AddAsync("steps", new { title = "S", cause = new { assessmentId = Guid.NewGuid(), item = "X" } })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_cause");
        await (await AddAsync("resources", new { kind = "time", title = "T", amount = 3 })).ExpectFaultAsync("/amount", "plan.other_resource");
        await (await AddAsync("needs", new { kind = "facility", description = "D", siteId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_site");
        await (await AddAsync("steps", new { title = "S", colour = "red" })).ExpectAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Participants_write_their_own_words_and_the_steps_that_they_see_to()
    {
        var plan = await api.NewPlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        var (_, asBen) = await plan.NewPersonAsync(Role.Participant);
        var (_, asLead) = await plan.NewPersonAsync(Role.DistrictLead);
        var own = await plan.AddAsync("steps", new { title = "Ada's", ownerPersonId = ada.Id });
        var other = await plan.AddAsync("steps", new { title = "Nobody's" });
        var refused = new Func<HttpResponseMessage, Task>(async r => await r.ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only"));

        var written = await asAda.CreateAsync($"{plan.Path}/quick-writes", new { text = "One year from today." });
        Assert.Equal(ada.Id, (Guid)written["personId"]!);
        await refused(await asBen.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/quick-writes/{written.Id()}", new { text = "Mine." }, "*"));
        // Nobody changes another's words, whoever they are.
        await refused(await asLead.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/quick-writes/{written.Id()}", new { text = "Mine." }, "*"));
        await (await asAda.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/quick-writes/{written.Id()}", new { text = "Better." }, written.ETag())).ExpectAsync(HttpStatusCode.OK);

        await (await asAda.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{own.Id()}", new { status = "inProgress" }, own.ETag())).ExpectAsync(HttpStatusCode.OK);
        await refused(await asBen.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{own.Id()}", new { status = "done" }, "*"));
        await refused(await asAda.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{other.Id()}", new { status = "done" }, "*"));
        await asAda.CreateAsync($"{plan.Path}/progress-notes", new { stepId = own.Id(), text = "On the way." });
        await refused(await asBen.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/progress-notes", new { stepId = own.Id(), text = "Really?" }));
        await refused(await asAda.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/strategies", new { title = "Mine" }));
        await refused(await asAda.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/steps/{own.Id()}", ifMatch: "*"));
    }

    [Fact]
    public async Task What_other_parts_belong_to_is_not_deleted()
    {
        var plan = await api.NewPlanAsync();
        var strategy = await plan.AddAsync("strategies", new { title = "S" });
        var step = await plan.AddAsync("steps", new { title = "One", strategyId = strategy.Id() });

        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/strategies/{strategy.Id()}", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.part_in_use");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/steps/{step.Id()}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/strategies/{strategy.Id()}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);
        Assert.Empty((await plan.ReadAsync())["steps"]!.AsArray());
    }
}
