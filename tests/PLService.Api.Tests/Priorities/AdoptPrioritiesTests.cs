using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Priorities;

/// <summary>What is adopted is acted on: from the rating over the priority to the step.</summary>
public sealed class AdoptPrioritiesTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_ones_or_chosen_ones_are_adopted()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.NewListAsync();

        var first = await world.Client.DoAsync(list, "adopt", new { top = 1 });
        Assert.Equal(["adopted", "proposed", "proposed"], first.Priorities().Select(priority => (string?)priority["status"]));
        Assert.NotNull(first.Of("S1.1")["adoptedAt"]);
        var both = await world.Client.DoAsync(list, "adopt", new { priorityIds = new[] { list.Of("S2.2").Id() } });
        Assert.Equal(["adopted", "proposed", "adopted"], both.Priorities().Select(priority => (string?)priority["status"]));
        Assert.Equal(first.Of("S1.1")["adoptedAt"]!.ToString(), both.Of("S1.1")["adoptedAt"]!.ToString());

        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { }, "*")).ExpectFaultAsync("/top", "value.inconsistent");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { top = 0 }, "*")).ExpectFaultAsync("/top", "value.out_of_range");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { priorityIds = new[] { Guid.NewGuid() } }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.UnknownPriority.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { top = 1 }, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await (await world.ParticipantAsync()).SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { top = 1 }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.LeadersOnly.Code);
        await (await world.Client.SendJsonAsync(HttpMethod.Delete, list.Address(), null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.InUse.Code);
        await world.Client.DoAsync(list, "voting/open");
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{list.Address()}/adopt", new { top = 1 }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.VotingIsOpen.Code);
    }

    [Fact]
    public async Task Strategies_and_steps_refer_to_what_their_organization_or_one_above_adopted()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.Client.DoAsync(await world.NewListAsync(), "adopt", new { top = 1 });
        var (adopted, proposed) = (list.Of("S1.1").Id(), list.Of("S2.1").Id());
        var school = await world.Tree.PlaceAsync("school", "Alder Elementary", world.District);
        var (plan, step) = await world.NewPlanAsync(new { title = "Weekly teams", priorityId = adopted });
        var steps = $"/v1/plans/{plan.Id()}/steps";
        Assert.Equal(adopted, (Guid)step["priorityId"]!);
        var (ofSchool, _) = await world.NewPlanAsync(new { title = "Weekly teams", priorityId = adopted }, school);

        foreach (var unknown in (Guid[])[proposed, Guid.NewGuid()])
        {
            await (await world.Client.SendJsonAsync(HttpMethod.Post, steps, new { title = "No", priorityId = unknown })).ExpectProblemAsync(HttpStatusCode.Conflict, PlanErrors.UnknownCause.Code);
            await (await world.Client.SendJsonAsync(HttpMethod.Patch, $"{steps}/{step.Id()}", new { priorityId = unknown }, "*"))
                .ExpectProblemAsync(HttpStatusCode.Conflict, PlanErrors.UnknownCause.Code);
        }

        var ofState = await world.Client.CreateAsync("/v1/plans", new { organizationId = world.State.Id, title = "State", startsOn = "2026-09-01", endsOn = "2027-08-31" });
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/plans/{ofState.Id()}/strategies", new { title = "No", priorityId = adopted }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, PlanErrors.UnknownCause.Code);

        var drop = $"{list.Address()}/priorities/{adopted}/drop";
        await (await world.Client.SendJsonAsync(HttpMethod.Post, drop, new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, PriorityErrors.ActedOn.Code);
        foreach (var one in (Guid[])[plan.Id(), ofSchool.Id()])
        {
            var part = (await world.Client.ReadAsync($"/v1/plans/{one}"))["steps"]![0]!.AsObject();
            await world.Client.SendJsonAsync(HttpMethod.Delete, $"/v1/plans/{one}/steps/{part.Id()}", null, "*");
        }

        await (await world.Client.SendJsonAsync(HttpMethod.Post, drop, new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        // A step is not brought back to a priority that was dropped since.
        var version = (long)(await world.Client.ReadAsync($"/v1/plans/{plan.Id()}"))["plan"]!["version"]!;
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/plans/{plan.Id()}/changes/{version}/undo")).ExpectProblemAsync(HttpStatusCode.Conflict, PlanErrors.UnknownCause.Code);
    }

    [Fact]
    public async Task Each_priority_tells_which_plans_strategies_and_steps_act_on_it()
    {
        var world = await api.NewPriorityWorldAsync();
        var list = await world.Client.DoAsync(await world.NewListAsync(), "adopt", new { top = 2 });
        var (first, second) = (list.Of("S1.1").Id(), list.Of("S2.1").Id());
        var (plan, own) = await world.NewPlanAsync(new { title = "Weekly teams", priorityId = first, status = "inProgress" });
        var strategy = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/strategies", new { title = "Structures", priorityId = first });
        var below = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "Schedule", strategyId = strategy.Id() });
        await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "Another", strategyId = strategy.Id(), priorityId = second, status = "done" });

        var page = await world.Client.ReadAsync($"/v1/priorities?organizationId={world.District.Id}&status=adopted&instrument=sample&count=true");

        Assert.Equal(2, (long)page["count"]!);
        var traced = page["items"]!.AsArray().Single(one => (Guid)one!["priority"]!["id"]! == first)!;
        Assert.Equal((world.Survey.Id, "2026-fall"), ((Guid)traced["assessmentId"]!, (string?)traced["round"]));
        var acting = Assert.Single(traced["plans"]!.AsArray())!;
        Assert.Equal((plan.Id(), "Plan", "active"), ((Guid)acting["planId"]!, (string?)acting["title"], (string?)acting["status"]));
        Assert.Equal([strategy.Id()], acting["strategies"]!.AsArray().Select(id => (Guid)id!));
        Assert.Equal([(own.Id(), "inProgress"), (below.Id(), "notStarted")], acting["steps"]!.AsArray().Select(step => ((Guid)step!["id"]!, (string?)step["status"])));
        Assert.Equal((1, 1, 0), ((int)acting["stepCounts"]!["notStarted"]!, (int)acting["stepCounts"]!["inProgress"]!, (int)acting["stepCounts"]!["done"]!));
        Assert.Equal("\nSAMPLE S1.1\nSAMPLE S2.1\n", await world.Tenant.StoredAsync(async db => (await db.PlanTallies.SingleAsync(t => t.PlanId == plan.Id(), Ct)).ActsOn));

        var one = await world.Client.ReadAsync("/v1/priorities?limit=1");
        var next = await world.Client.ReadAsync($"/v1/priorities?limit=2&cursor={one["nextCursor"]}");
        Assert.Equal((1, 2), (one["items"]!.AsArray().Count, next["items"]!.AsArray().Count));
        Assert.Single((await world.Client.ReadAsync("/v1/priorities?item=S2.2"))["items"]!.AsArray());
        await (await world.Client.GetAsync("/v1/priorities?status=lost", Ct)).ExpectFaultAsync("?status", "query.bad_value");
    }
}
