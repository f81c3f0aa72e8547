using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

public sealed class CheckInTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_check_ins_carry_a_step_over_four_times_and_each_keeps_the_chart_as_it_stood()
    {
        var plan = await api.NewChartPlanAsync();
        var slow = await plan.StepAsync("Slow", 20);
        var quick = await plan.StepAsync("Quick", 25, new { status = "done", doneOn = plan.Day(24) });
        await plan.StepAsync("Second", 60);

        var first = await plan.HoldAsync(new { mark = 30, done = "We met.", benefits = "Time.", frustrations = "Buses.", notes = "Ask." });
        Assert.Equal((30, 1, "We met.", plan.Day(60)), ((int)first["mark"]!, first["steps"]!.AsArray().Count, (string?)first["done"], (string?)first["steps"]![0]!["dueOn"]));
        var chart = await plan.ChartAsync();
        Assert.Equal((true, 60), ((bool)chart.Column(30)["isClosed"]!, (int)chart["nextMark"]!));
        Assert.Equal(["Quick"], chart.Standing(30));
        Assert.Equal(["Second", "Slow"], chart.Standing(60).Order());
        Assert.Equal(["Slow", "Quick"], chart.Column(30)["bestGuess"].Titles());
        Assert.Equal(["Slow"], chart.Column(30)["happened"]!["carriedOver"].Titles());
        Assert.Equal(["Quick"], chart.Column(30)["happened"]!["done"].Titles());
        Assert.Equal("Buses.", (string?)chart.Column(30)["happened"]!["checkIn"]!["frustrations"]);

        foreach (var mark in (int[])[60, 90, 120])
            await plan.HoldAsync(new { mark });

        var step = await plan.ReadStepAsync(slow);
        Assert.Equal((4, plan.Day(150), plan.Day(20)), ((int)step["carriedOver"]!, (string?)step["dueOn"], (string?)step["firstDueOn"]));
        Assert.Equal(0, (int)(await plan.ReadStepAsync(quick))["carriedOver"]!);
        chart = await plan.ChartAsync();
        Assert.Null(chart["nextMark"]);
        Assert.Equal(["Slow", "Second"], chart["beyond"]!["cells"]!["actions"].Titles());
        Assert.Equal(7, (await plan.Tenant.StoredAsync(db => db.PlanTallies.SingleAsync(tally => tally.PlanId == plan.Id, Ct))).CarriedOver);

        // What was kept does not follow what comes later.
        await plan.ChangeStepAsync(slow, new { title = "Renamed", status = "done" });
        var kept = (await plan.Everything.ReadAsync($"{plan.Path}/check-ins/{first.Id()}"))["chart"]!.AsObject();
        Assert.Equal(["Slow", "Quick"], kept.Standing(30));
        Assert.Equal(["Second"], kept.Standing(60));
        Assert.Equal((true, false, 60), ((bool)kept.Column(30)["isClosed"]!, (bool)kept.Column(60)["isClosed"]!, (int)kept["nextMark"]!));
        Assert.Equal("We met.", (string?)kept.Column(30)["happened"]!["checkIn"]!["done"]);
    }

    [Fact]
    public async Task The_team_says_of_a_step_that_it_is_done_given_up_or_due_another_day()
    {
        var plan = await api.NewChartPlanAsync();
        var (done, dropped, moved) = (await plan.StepAsync("Done", 10), await plan.StepAsync("Dropped", 11), await plan.StepAsync("Moved", 12));

        var held = await plan.HoldAsync(new
        {
            mark = 30,
            steps = new object[] { new { stepId = done, fate = "done" }, new { stepId = dropped, fate = "dropped" }, new { stepId = moved, fate = "carriedOver", dueOn = plan.Day(75) } },
        });

        Assert.Equal(("done", plan.Day(30)), ((string?)(await plan.ReadStepAsync(done))["status"], (string?)(await plan.ReadStepAsync(done))["doneOn"]));
        Assert.Equal("dropped", (string?)(await plan.ReadStepAsync(dropped))["status"]);
        Assert.Equal((plan.Day(75), 1), ((string?)(await plan.ReadStepAsync(moved))["dueOn"], (int)(await plan.ReadStepAsync(moved))["carriedOver"]!));
        var kept = (await plan.Everything.ReadAsync($"{plan.Path}/check-ins/{held.Id()}"))["chart"]!.AsObject();
        Assert.Equal(["Done", "Dropped", "Moved"], kept.Standing(30));
        Assert.Equal(["Done"], kept.Column(30)["happened"]!["done"].Titles());
        Assert.Equal(["Dropped"], kept.Column(30)["happened"]!["dropped"].Titles());
        // One change of the plan, with each step in its history.
        var changes = (await plan.Everything.ReadAsync($"{plan.Path}/changes"))["items"]!.AsArray().Where(change => (long)change!["version"]! == (long)held["planVersion"]!);
        Assert.Equal(3, changes.Count());
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/changes/{held["planVersion"]}/undo")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.made_by_check_in");
    }

    [Fact]
    public async Task Check_ins_are_held_in_order_once_each_and_not_before_their_day_unless_that_is_meant()
    {
        var plan = await api.NewChartPlanAsync(daysAgo: 25);
        async Task RefusedAsync(object checkIn, string code) => await (await plan.TryHoldAsync(checkIn)).ExpectProblemAsync(HttpStatusCode.Conflict, code);

        await RefusedAsync(new { mark = 30 }, "check_in.too_early");
        await RefusedAsync(new { mark = 60 }, "check_in.out_of_order");
        await RefusedAsync(new { mark = 45 }, "check_in.unknown_mark");
        var early = await plan.HoldAsync(new { mark = 30, early = true, earlyReason = "The board meets today." });
        Assert.Equal("The board meets today.", (string?)early["earlyReason"]);
        await RefusedAsync(new { mark = 30 }, "check_in.held");

        var onTime = await api.NewChartPlanAsync(daysAgo: 30);
        Assert.Null((await onTime.HoldAsync(new { mark = 30, early = true, earlyReason = "By mistake." }))["earlyReason"]);
        var draft = await api.NewChartPlanAsync(activate: false);
        await (await draft.TryHoldAsync(new { mark = 30 })).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.plan_not_active");
    }

    [Fact]
    public async Task Decisions_that_cannot_be_change_nothing()
    {
        var plan = await api.NewChartPlanAsync();
        var (step, later) = (await plan.StepAsync("Step", 10), await plan.StepAsync("Later", 50));
        object With(params object[] steps) => new { mark = 30, steps };

        var problem = await (await plan.TryHoldAsync(With(new { stepId = later, fate = "dropped" }))).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.step_not_open");
        Assert.Equal("/steps/0", (string?)problem["errors"]![0]!["pointer"]);
        await (await plan.TryHoldAsync(With(new { stepId = step, fate = "carriedOver", dueOn = plan.Day(30) }))).ExpectProblemAsync(HttpStatusCode.Conflict, "check_in.due_in_closed_column");
        await (await plan.TryHoldAsync(With(new { stepId = step, fate = "done", dueOn = plan.Day(40) }))).ExpectFaultAsync("/steps/0/dueOn", "value.invalid");
        await (await plan.TryHoldAsync(With(new { stepId = step, fate = "dropped", doneOn = plan.Day(4) }))).ExpectFaultAsync("/steps/0/doneOn", "value.invalid");
        await (await plan.TryHoldAsync(With(new { stepId = step, fate = "done" }, new { stepId = step, fate = "dropped" }))).ExpectFaultAsync("/steps", "value.duplicate");
        await (await plan.TryHoldAsync(new { mark = 0 })).ExpectFaultAsync("/mark", "value.out_of_range");
        await (await plan.TryHoldAsync(new { mark = 30, early = true })).ExpectFaultAsync("/earlyReason", "value.required");
        await (await plan.TryHoldAsync(new { mark = 30, earlyReason = "So." })).ExpectFaultAsync("/earlyReason", "value.invalid");
        await (await plan.TryHoldAsync(new { mark = 30, done = new string('x', 20_001) })).ExpectFaultAsync("/done", "value.too_long");

        Assert.Equal((plan.Day(10), 0), ((string?)(await plan.ReadStepAsync(step))["dueOn"], (int)(await plan.ReadStepAsync(step))["carriedOver"]!));
        Assert.Empty((await plan.Everything.ReadAsync($"{plan.Path}/check-ins"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Who_leads_there_holds_check_ins_and_who_takes_part_reads_them()
    {
        var plan = await api.NewChartPlanAsync();
        var (lead, participant) = (await plan.AsAsync(Role.Facilitator), await plan.AsAsync(Role.Participant));

        await (await plan.TryHoldAsync(new { mark = 30 }, participant)).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        var held = await (await plan.TryHoldAsync(new { mark = 30, done = "We met." }, lead)).ExpectAsync(HttpStatusCode.Created);
        Assert.NotNull((string?)held["personName"]);
        await (await plan.TryHoldAsync(new { mark = 60 }, lead)).ExpectAsync(HttpStatusCode.Created);

        var page = await participant.ReadAsync($"{plan.Path}/check-ins?limit=1&count=true");
        Assert.Equal((30, 2), ((int)page["items"]![0]!["mark"]!, (int)page["count"]!));
        Assert.Equal(60, (int)(await participant.ReadAsync($"{plan.Path}/check-ins?cursor={page["nextCursor"]}"))["items"]![0]!["mark"]!);
        Assert.Equal("We met.", (string?)(await participant.ReadAsync($"{plan.Path}/check-ins/{held.Id()}"))["done"]);
        await (await plan.Everything.GetAsync($"{plan.Path}/check-ins/{Guid.NewGuid()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "check_in.not_found");
        await (await plan.Everything.GetAsync($"/v1/plans/{Guid.NewGuid()}/check-ins", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        Assert.Contains("checkIn.created", await plan.Tenant.ActionsAsync());
    }
}
