using System.Net;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

/// <summary>What is said at a check-in is put in other words, and the latest check-in is undone.</summary>
public sealed class CheckInChangeTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_words_of_a_check_in_are_changed_on_the_version_that_was_read_and_the_kept_chart_stays()
    {
        var plan = await api.NewChartPlanAsync();
        var held = await plan.HoldAsync(new { mark = 30, done = "We met.", notes = "Ask." });
        var path = $"{plan.Path}/check-ins/{held.Id()}";
        Task<HttpResponseMessage> PatchAsync(object patch, string? ifMatch) => plan.Everything.SendJsonAsync(HttpMethod.Patch, path, patch, ifMatch);

        await (await PatchAsync(new { done = "We met twice." }, null)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var changed = await (await PatchAsync(new { done = "We met twice.", notes = (string?)null }, held.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("We met twice.", null, 2L), ((string?)changed["done"], (string?)changed["notes"], (long)changed["version"]!));
        await (await PatchAsync(new { done = "Never." }, held.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await PatchAsync(new { mark = 60 }, "*")).ExpectAsync(HttpStatusCode.BadRequest);

        Assert.Equal("We met twice.", (string?)(await plan.ChartAsync()).Column(30)["happened"]!["checkIn"]!["done"]);
        var read = await plan.Everything.ReadAsync(path);
        Assert.Equal(("We met twice.", "We met."), ((string?)read["done"], (string?)read["chart"]!.AsObject().Column(30)["happened"]!["checkIn"]!["done"]));
        var participant = await plan.AsAsync(Role.Participant);
        await (await participant.SendJsonAsync(HttpMethod.Patch, path, new { done = "Mine." }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/complete", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        await (await PatchAsync(new { done = "Late." }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.not_editable");
        Assert.Contains("checkIn.changed", await plan.Tenant.ActionsAsync());
    }

    [Fact]
    public async Task An_undone_check_in_gives_the_steps_back_as_they_were_and_can_be_held_again()
    {
        var plan = await api.NewChartPlanAsync();
        var (carried, done, dropped) = (await plan.StepAsync("Carried", 10), await plan.StepAsync("Done", 11, new { status = "inProgress" }), await plan.StepAsync("Dropped", 12));
        var held = await plan.HoldAsync(new { mark = 30, steps = new object[] { new { stepId = done, fate = "done" }, new { stepId = dropped, fate = "dropped" } } });
        // What the check-in did not decide is nobody's loss.
        await plan.ChangeStepAsync(carried, new { title = "Carried on" });

        await (await DeleteAsync(plan, held.Id(), null)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await DeleteAsync(plan, held.Id(), "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await DeleteAsync(plan, held.Id(), held.ETag())).ExpectAsync(HttpStatusCode.NoContent);

        var back = await plan.ReadStepAsync(carried);
        Assert.Equal((plan.Day(10), 0, "Carried on"), ((string?)back["dueOn"], (int)back["carriedOver"]!, (string?)back["title"]));
        Assert.Equal(("inProgress", null), ((string?)(await plan.ReadStepAsync(done))["status"], (string?)(await plan.ReadStepAsync(done))["doneOn"]));
        Assert.Equal("notStarted", (string?)(await plan.ReadStepAsync(dropped))["status"]);
        var chart = await plan.ChartAsync();
        Assert.Equal((false, 30), ((bool)chart.Column(30)["isClosed"]!, (int)chart["nextMark"]!));
        Assert.Equal((long)held["planVersion"]!, (long)(await plan.Everything.ReadAsync($"{plan.Path}/changes?limit=1"))["items"]![0]!["undoes"]!);
        Assert.Contains("checkIn.deleted", await plan.Tenant.ActionsAsync());
        await plan.HoldAsync(new { mark = 30 });
        Assert.Equal(1, (int)(await plan.ReadStepAsync(carried))["carriedOver"]!);
    }

    [Fact]
    public async Task Only_the_latest_is_undone_and_not_over_later_changes()
    {
        var plan = await api.NewChartPlanAsync();
        var step = await plan.StepAsync("Step", 10);
        var first = await plan.HoldAsync(new { mark = 30 });
        var second = await plan.HoldAsync(new { mark = 60 });

        await (await DeleteAsync(plan, first.Id(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.not_latest");
        await plan.ChangeStepAsync(step, new { dueOn = plan.Day(95) });
        var problem = await (await DeleteAsync(plan, second.Id(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.changed_since");
        Assert.Equal("/steps/0", (string?)problem["errors"]![0]!["pointer"]);
        Assert.Equal(2, (int)(await plan.ReadStepAsync(step))["carriedOver"]!);
        // Back where the check-in put it, it can be undone, and the one before as well.
        await plan.ChangeStepAsync(step, new { dueOn = plan.Day(90) });
        await (await DeleteAsync(plan, second.Id(), "*")).ExpectAsync(HttpStatusCode.NoContent);
        await (await DeleteAsync(plan, second.Id(), "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "check_in.not_found");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/steps/{step}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);
        await (await DeleteAsync(plan, first.Id(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.changed_since");
    }

    [Fact]
    public async Task Twenty_who_edit_while_a_check_in_is_held_lose_nothing()
    {
        var plan = await api.NewChartPlanAsync();
        var steps = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => plan.StepAsync($"Step {n}", 10)));

        var held = Task.Run(() => plan.HoldAsync(new { mark = 30, done = "We met." }));
        var edits = steps.Select((step, n) => n % 2 == 0
            ? plan.ChangeStepAsync(step, new { description = $"By {n}" })
            : plan.ChangeStepAsync(step, new { status = "done", doneOn = plan.Day(9) }));
        await Task.WhenAll([held, .. edits, .. Enumerable.Range(20, 5).Select(n => plan.StepAsync($"Step {n}", 10))]);

        foreach (var (n, step) in steps.Index())
        {
            var read = await plan.ReadStepAsync(step);
            Assert.Equal(n % 2 == 0 ? $"By {n}" : null, (string?)read["description"]);
            Assert.Equal(n % 2 == 0 ? "notStarted" : "done", (string?)read["status"]);
            // Unfinished ones went on; one that was done meanwhile did if the check-in came first.
            var isCarried = (await held)["steps"]!.AsArray().Any(outcome => (Guid)outcome!["stepId"]! == step);
            Assert.Equal((isCarried ? plan.Day(60) : plan.Day(10), isCarried ? 1 : 0), ((string?)read["dueOn"], (int)read["carriedOver"]!));
            Assert.True(isCarried || n % 2 == 1);
        }

        Assert.Equal(25, (await plan.ChartAsync())["columns"]!.AsArray().Sum(column => column!["cells"]!["actions"]!.AsArray().Count));
    }

    private static Task<HttpResponseMessage> DeleteAsync(ChartPlan plan, Guid checkIn, string? ifMatch) =>
        plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/check-ins/{checkIn}", ifMatch: ifMatch);
}
