using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.ToolkitRuns;

/// <summary>The foundations toolkit of Connecticut from its first tool to its last, by the API alone.</summary>
public sealed class FoundationsWalkTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Guidance = "Districts convene a committee. Professional learning is planned by teachers and administrators together. Resources follow the plan.";

    [Fact]
    public async Task A_committee_walks_from_1_1_to_1_5()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.PlantFrameworkAsync("ct-2015", TestToolkits.Connecticut);
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley" })).Id();
        var (chair, teacher) = (await tenant.NewPersonAsync((Role.Facilitator, district)), await tenant.NewPersonAsync((Role.Participant, district)));
        var (asChair, asTeacher) = (tenant.As(chair), tenant.As(teacher));
        var begun = await asChair.CreateAsync("/v1/toolkit-runs", new
        {
            toolkit = new { code = "ct-foundations" },
            organizationId = district,
            teamName = "Cedar Valley PDEC",
            teamKind = "pdec",
            members = new object[] { new { personId = chair.Id, role = "chair" }, new { personId = teacher.Id } },
        });
        var run = $"/v1/toolkit-runs/{begun.Id()}";
        Assert.Equal("1.1", (string?)begun["nextTool"]);

        // 1.1: definition and standards are read in the toolkit itself.
        var document = (await asTeacher.ReadAsync("/v1/toolkits/ct-foundations/versions/1.0"))["document"]!;
        Assert.StartsWith("High-quality professional learning is a process", (string?)document["tools"]![0]!["parts"]![0]!["text"]!["en"], StringComparison.Ordinal);
        Assert.Equal("1.2", (string?)(await DoneAsync(asChair, run, "1.1"))["nextTool"]);

        // 1.2: three questions, one answered with an image.
        await (await asTeacher.PutImageAsync($"{run}/worksheets/1.2/images/learning", RunSteps.Png(), "A tree whose roots are questions")).ExpectAsync(HttpStatusCode.Created);
        await asTeacher.AnsweredAsync($"{run}/worksheets/1.2", "*", ("profession", "A body of knowledge."), ("professionalLearning", "Learning to teach better."));
        await DoneAsync(asTeacher, run, "1.2");

        // 1.3: core ideas of each standard, by oneself first, then together, with notes.
        await asTeacher.AnsweredAsync($"{run}/worksheets/1.3/mine", "*", [.. TestToolkits.Connecticut.Select(s => ($"coreIdeas/{s.Code}", (string?)$"{s.Label}: my idea."))]);
        await (await asTeacher.SendJsonAsync(HttpMethod.Post, $"{run}/worksheets/1.3/mine/share", null, "*")).ExpectAsync(HttpStatusCode.OK);
        var gathered = await (await asChair.SendJsonAsync(HttpMethod.Post, $"{run}/worksheets/1.3/gather", new { })).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(TestToolkits.Connecticut.Select(s => $"{s.Label}: my idea."), TestToolkits.Connecticut.Select(s => (string?)gathered["values"]![$"coreIdeas/{s.Code}"]));
        await asChair.AnsweredAsync($"{run}/worksheets/1.3", gathered.ETag(), ("notes", "We agree on most."));
        await DoneAsync(asChair, run, "1.3");

        // 1.4: four squares for each standard, two people at once.
        var squares = new[] { "keyIdeas", "inPractice", "whenMissing", "nextSteps" };
        await Task.WhenAll(TestToolkits.Connecticut.Select((standard, i) => (i % 2 == 0 ? asChair : asTeacher).AnsweredAsync(
            $"{run}/worksheets/1.4", "\"0\"", [.. squares.Select(square => ($"{square}/{standard.Code}", (string?)$"{square} of {standard.Label}"))])));
        var fourSquares = await asChair.ReadAsync($"{run}/worksheets/1.4");
        Assert.Equal((32, 8L), (fourSquares["values"]!.AsObject().Count, (long)fourSquares["version"]!));
        await DoneAsync(asChair, run, "1.4");

        // 1.5: the guidance is read in pairs and marked, then discussed.
        var reading = $"{run}/readings/1.5";
        await asTeacher.BringInAsync(reading, Guidance);
        await asTeacher.MarkAsync(reading, "+", "convene a committee", "We have one.");
        await asChair.MarkAsync(reading, "?", "Resources follow the plan", "Whose?");
        await asTeacher.MarkAsync(reading, "*", "together", "Not what we are used to.");
        var difference = await asChair.MarkAsync(reading, "#", "planned by teachers and administrators together", "Ours is planned by the office.");
        await asTeacher.AnsweredAsync($"{run}/worksheets/1.5", "*", ("alters", "We plan together."), ("supports", "Time."), ("challenges", "Calendars."), ("highlights", "One plan."));
        var end = await DoneAsync(asChair, run, "1.5");

        Assert.Null(end["nextTool"]);
        Assert.All(end["tools"]!.AsArray(), tool => Assert.Equal("done", (string?)tool!["state"]));
        Assert.Equal([1, 1, 1, 1], (await asChair.ReadAsync($"{reading}/summary"))["codes"]!.AsArray().Select(code => (int)code!["annotations"]!));
        var steps = await NextStepsAsync(asChair, run);
        Assert.Equal(TestToolkits.Connecticut.Select(s => (s.Code, $"nextSteps of {s.Label}")).Order(), steps.Select(step => ((string)step["standard"]!["code"]!, (string)step["text"]!)).Order());
        var differences = (await asChair.ReadAsync($"{run}/differences"))["items"]!.AsArray();
        Assert.Equal(difference.Id(), Assert.Single(differences)!.AsObject().Id());

        // Whatever becomes of its words, a next step stays the same one, with everybody who had a hand in it.
        var before = steps.Single(step => (string?)step["field"] == "nextSteps/CUL");
        await asTeacher.AnsweredAsync($"{run}/worksheets/1.4", "*", ("nextSteps/CUL", "Listen first."), ("nextSteps/LCO", null));
        var after = await NextStepsAsync(asTeacher, run);
        Assert.Equal(7, after.Count);
        var same = after.Single(step => (string?)step["field"] == "nextSteps/CUL");
        Assert.Equal((before.Id(), "Listen first."), (same.Id(), (string?)same["text"]));
        Assert.Equal(new[] { chair.Id, teacher.Id }.Order(), same["authors"]!.AsArray().Select(author => (Guid)author!["personId"]!).Order());
    }

    private static async Task<JsonObject> DoneAsync(HttpClient client, string run, string tool) =>
        await (await client.SendJsonAsync(HttpMethod.Put, $"{run}/tools/{tool}", new { state = "done" }, (await client.ReadAsync(run)).ETag())).ExpectAsync(HttpStatusCode.OK);

    private static async Task<List<JsonObject>> NextStepsAsync(HttpClient client, string run)
    {
        var steps = new List<JsonObject>();
        for (string? cursor = null; ;)
        {
            var page = await client.ReadAsync($"{run}/next-steps?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            steps.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            cursor = (string?)page["nextCursor"];
            if (cursor is null)
                return steps;
        }
    }
}
