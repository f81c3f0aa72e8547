using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>People who write at once lose nothing, and everything can be told and taken back.</summary>
public sealed class BaseMergeTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Two_who_change_different_fields_of_a_step_both_keep_theirs_and_of_one_field_learn_of_each_other()
    {
        var plan = await api.NewPlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Facilitator);
        var step = await plan.AddAsync("steps", new { title = "Meet", description = "Once." });
        var path = $"{plan.Path}/steps/{step.Id()}";

        await (await asAda.SendJsonAsync(HttpMethod.Patch, path, new { description = "Twice." }, step.ETag())).ExpectAsync(HttpStatusCode.OK);
        var merged = await plan.ChangeAsync("steps", step.Id(), new { dueOn = "2026-10-01" }, step.ETag());
        Assert.Equal(("Twice.", "2026-10-01", 3L), ((string?)merged["description"], (string?)merged["dueOn"], (long)merged["version"]!));

        var clash = await (await plan.Everything.SendJsonAsync(HttpMethod.Patch, path, new { description = "Thrice.", title = "Gather" }, step.ETag()))
            .ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "plan.fields_changed");
        var field = Assert.Single(clash["clashes"]!.AsArray())!;
        Assert.Equal(("description", "Once.", "Twice.", "Thrice."), ((string?)field["field"], (string?)field["base"], (string?)field["theirs"], (string?)field["mine"]));
        Assert.Equal((ada.Id, 3L), ((Guid)field["changedBy"]!, (long)clash["currentVersion"]!));
        // Nothing of it was taken, the title neither.
        Assert.Equal("Meet", (string?)(await plan.Everything.ReadAsync(path))["title"]);
        // Who writes the same has nothing to decide.
        await plan.ChangeAsync("steps", step.Id(), new { description = "Twice." }, step.ETag());
        await (await plan.Everything.SendJsonAsync(HttpMethod.Patch, path, new { title = "X" }, "\"99\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task Twenty_who_write_one_plan_at_once_lose_nothing()
    {
        var plan = await api.NewPlanAsync();
        var shared = await plan.AddAsync("steps", new { title = "Shared" });
        string[] fields = ["vision", "designPhilosophy", "communicationPlan", "trainingPlan", "coachingModel"];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async client =>
        {
            await plan.AddAsync("steps", new { title = $"Step {client}" });
            if (client < fields.Length)
                await (await plan.Everything.SendJsonAsync(HttpMethod.Patch, plan.Path, new JsonObject { [fields[client]] = $"By {client}" }.ToJsonString(), "\"1\"")).ExpectAsync(HttpStatusCode.OK);
            // Each adds a line to the same text, and reads again when somebody was faster.
            for (var (done, tag) = (false, shared); !done;)
            {
                var text = $"{(string?)tag["description"]}[{client}]";
                using var answer = await plan.Everything.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{shared.Id()}", new { description = text }, tag.ETag());
                done = answer.StatusCode is HttpStatusCode.OK;
                if (!done)
                    tag = await plan.Everything.ReadAsync($"{plan.Path}/steps/{shared.Id()}");
            }
        }));

        var whole = await plan.ReadAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"Step {n}").Order(), whole["steps"]!.AsArray().Select(s => (string)s!["title"]!).Where(t => t != "Shared").Order());
        Assert.All(fields, (field, n) => Assert.Equal($"By {n}", (string?)whole["plan"]![field]));
        var lines = (string)(await plan.Everything.ReadAsync($"{plan.Path}/steps/{shared.Id()}"))["description"]!;
        Assert.All(Enumerable.Range(0, 20), n => Assert.Contains($"[{n}]", lines, StringComparison.Ordinal));
        Assert.Equal(1 + 1 + 20 + 5 + 20, (int)(await plan.Everything.ReadAsync($"{plan.Path}/changes?limit=1&count=true"))["count"]!);
    }

    [Fact]
    public async Task The_history_says_who_changed_what_page_by_page()
    {
        var plan = await api.NewPlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Facilitator);
        var step = await plan.AddAsync("steps", new { title = "One" });
        await (await asAda.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{step.Id()}", new { title = "Two" }, step.ETag())).ExpectAsync(HttpStatusCode.OK);

        var latest = await plan.Everything.ReadAsync($"{plan.Path}/changes?limit=1");
        var change = Assert.Single(latest["items"]!.AsArray())!;
        Assert.Equal((3L, "step", "changed", ada.Id, ada.Name), ((long)change["version"]!, (string?)change["kind"], (string?)change["action"], (Guid)change["personId"]!, (string?)change["personName"]));
        Assert.Equal(("title", "One", "Two"), ((string?)change["fields"]![0]!["field"], (string?)change["fields"]![0]!["before"], (string?)change["fields"]![0]!["after"]));
        var rest = await plan.Everything.ReadAsync($"{plan.Path}/changes?cursor={latest["nextCursor"]}");
        Assert.Equal([2L, 1L], rest["items"]!.AsArray().Select(c => (long)c!["version"]!));
        Assert.Single((await plan.Everything.ReadAsync($"{plan.Path}/changes?personId={ada.Id}"))["items"]!.AsArray());
        Assert.Single((await plan.Everything.ReadAsync($"{plan.Path}/changes?targetId={plan.Id}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Changes_additions_and_deletions_are_undone_and_redone()
    {
        var plan = await api.NewPlanAsync();
        var step = await plan.AddAsync("steps", new { title = "One", description = "Words.", dueOn = "2026-10-01" });
        await plan.ChangeAsync("steps", step.Id(), new { title = "Two", description = (string?)null });
        async Task<JsonObject> UndoAsync(long version) => await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/changes/{version}/undo")).ExpectAsync(HttpStatusCode.OK);
        Task<JsonObject> StepAsync() => plan.Everything.ReadAsync($"{plan.Path}/steps/{step.Id()}");

        await UndoAsync(3);
        Assert.Equal(("One", "Words."), ((string?)(await StepAsync())["title"], (string?)(await StepAsync())["description"]));
        // The undo is undone.
        await UndoAsync(4);
        Assert.Equal(("Two", null), ((string?)(await StepAsync())["title"], (string?)(await StepAsync())["description"]));

        await (await plan.Everything.SendJsonAsync(HttpMethod.Delete, $"{plan.Path}/steps/{step.Id()}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);
        await UndoAsync(6);
        var back = await StepAsync();
        Assert.Equal(("Two", "2026-10-01", 6L), ((string?)back["title"], (string?)back["dueOn"], (long)back["version"]!));
        // A tag of before does not fit what came back by chance.
        await (await plan.Everything.SendJsonAsync(HttpMethod.Patch, $"{plan.Path}/steps/{step.Id()}", new { title = "Three" }, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "plan.fields_changed");
        Assert.Equal(6L, (long)(await plan.Everything.ReadAsync($"{plan.Path}/changes?limit=1"))["items"]![0]!["undoes"]!);
    }

    [Fact]
    public async Task What_was_changed_again_since_is_not_overwritten_by_an_undo()
    {
        var plan = await api.NewPlanAsync();
        var strategy = await plan.AddAsync("strategies", new { title = "One" });
        await plan.ChangeAsync("strategies", strategy.Id(), new { title = "Two" });
        await plan.ChangeAsync("strategies", strategy.Id(), new { title = "Three" });
        await plan.AddAsync("steps", new { title = "Step", strategyId = strategy.Id() });
        async Task RefusedAsync(long version, string code) =>
            await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/changes/{version}/undo")).ExpectProblemAsync(code.EndsWith("not_found", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Conflict, code);

        await RefusedAsync(3, "plan.changed_since");
        await RefusedAsync(2, "plan.changed_since");
        await RefusedAsync(1, "plan.nothing_to_undo");
        await RefusedAsync(99, "plan_change.not_found");
        Assert.Equal("Three", (string?)(await plan.ReadAsync())["strategies"]![0]!["title"]);
    }
}
