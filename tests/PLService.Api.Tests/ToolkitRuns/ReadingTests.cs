using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

public sealed class ReadingTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Guidance = "Professional learning 📚 is every educator's right. It is planned with care. Every learner gains. It is planned with care.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_is_brought_in_and_every_revision_kept()
    {
        var team = await api.NewTeamAsync();
        await (await team.AsAda.GetAsync(team.Reading, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "reading.not_found");

        var first = await team.AsAda.BringInAsync(team.Reading, Guidance);
        var second = await team.AsBen.BringInAsync(team.Reading, "New. " + Guidance, first.ETag());
        var same = await team.AsBen.BringInAsync(team.Reading, "New. " + Guidance, second.ETag());

        // Code points, not code units.
        Assert.Equal((1L, Guidance.Length - 1, "https://books.example.org/1"), ((long)first["version"]!, (int)first["length"]!, (string?)first["link"]));
        Assert.Equal((2L, 2L), ((long)second["version"]!, (long)same["version"]!));
        Assert.Equal(Guidance, (string?)(await team.AsAda.ReadAsync($"{team.Reading}/revisions/1"))["text"]);
        var revisions = await team.AsAda.ReadAsync($"{team.Reading}/revisions?limit=1&count=true");
        Assert.Equal((2, 2L, team.Ben.Id), ((int)revisions["count"]!, (long)revisions["items"]![0]!["number"]!, (Guid)revisions["items"]![0]!["writtenBy"]!["personId"]!));
        Assert.Equal(1L, (long)(await team.AsAda.ReadAsync($"{team.Reading}/revisions?limit=1&cursor={revisions["nextCursor"]}"))["items"]![0]!["number"]!);
        await (await team.AsAda.GetAsync($"{team.Reading}/revisions/3", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "reading_revision.not_found");
        Assert.Equal(["reading.created", "reading.replaced"], (await team.Tenant.ActionsAsync()).Where(action => action.StartsWith("reading.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_brought_in()
    {
        var team = await api.NewTeamAsync();
        Task<HttpResponseMessage> Put(string reading, string text, string? ifMatch = null) => team.AsAda.SendJsonAsync(HttpMethod.Put, reading, new { text }, ifMatch);

        await (await Put(team.Reading, new string('x', 500_001))).ExpectFaultAsync("/text", "value.too_long");
        await (await Put(team.Reading, "a\u0001b")).ExpectFaultAsync("/text", "value.invalid");
        await (await Put(team.Reading, "")).ExpectFaultAsync("/text", "value.required");
        await (await Put($"{team.Run}/readings/1", "Text")).ExpectProblemAsync(HttpStatusCode.Conflict, "reading.tool_has_none");
        await (await Put($"{team.Run}/readings/9", "Text")).ExpectProblemAsync(HttpStatusCode.NotFound, "tool.not_found");
        await (await Put(team.Reading, "Text", "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        await (await Put(team.Reading, new string('x', 500_000))).ExpectAsync(HttpStatusCode.Created);
        await (await Put(team.Reading, "Text")).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await Put(team.Reading, "Text", "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task A_passage_is_marked_by_its_words_or_by_its_place()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);

        var byWords = await team.AsAda.MarkAsync(team.Reading, "#", "every educator's right", "Ours is for teachers only.");
        var target = byWords["target"]!;
        Assert.Equal((27, 49, "Professional learning 📚 is ", false), ((int)target["start"]!, (int)target["end"]!, (string?)target["prefix"], (bool)byWords["orphaned"]!));
        Assert.Equal((team.Ada.Id, "Ours is for teachers only."), ((Guid)byWords["person"]!["personId"]!, (string?)byWords["rationale"]));

        var byPlace = await team.AsBen.CreateAsync($"{team.Reading}/annotations", new { sign = "+", target = new { start = 22, end = 23 } });
        Assert.Equal("📚", (string?)byPlace["target"]!["exact"]);
        var second = await team.AsBen.CreateAsync($"{team.Reading}/annotations", new { sign = "?", target = new { exact = "It is planned", prefix = "learner gains. " } });
        Assert.Equal(97, (int)second["target"]!["start"]!);

        var summary = await team.AsAda.ReadAsync($"{team.Reading}/summary");
        Assert.Equal((3, 0, 2), ((int)summary["total"]!, (int)summary["orphaned"]!, (int)summary["people"]!));
        Assert.Equal([("+", 1, 0), ("?", 1, 0), ("#", 1, 1)], summary["codes"]!.AsArray().Select(code => ((string?)code!["sign"], (int)code["annotations"]!, (int)code["withRationale"]!)));
        Assert.Single((await team.AsAda.ReadAsync($"{team.Reading}/annotations?sign=%2B"))["items"]!.AsArray());
        var page = await team.AsAda.ReadAsync($"{team.Reading}/annotations?personId={team.Ben.Id}&limit=1&count=true");
        Assert.Equal((2, byPlace.Id()), ((int)page["count"]!, page["items"]![0]!.AsObject().Id()));
        Assert.Equal(second.Id(), (await team.AsAda.ReadAsync($"{team.Reading}/annotations?personId={team.Ben.Id}&limit=1&cursor={page["nextCursor"]}"))["items"]![0]!.AsObject().Id());
    }

    [Fact]
    public async Task What_cannot_be_marked()
    {
        var team = await api.NewTeamAsync();
        Task<HttpResponseMessage> Mark(object body) => team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Reading}/annotations", body);
        await (await Mark(new { sign = "#", target = new { exact = "a" } })).ExpectProblemAsync(HttpStatusCode.NotFound, "reading.not_found");
        await team.AsAda.BringInAsync(team.Reading, Guidance);

        await (await Mark(new { sign = "!", target = new { exact = "right" } })).ExpectFaultAsync("/sign", "annotation.unknown_sign");
        await (await Mark(new { sign = "#", target = new { exact = "not there" } })).ExpectFaultAsync("/target/exact", "annotation.quote_not_found");
        await (await Mark(new { sign = "#", target = new { start = 5, end = 5_000 } })).ExpectFaultAsync("/target", "annotation.quote_not_found");
        await (await Mark(new { sign = "#", target = new { start = 5 } })).ExpectFaultAsync("/target", "annotation.bad_target");
        await (await Mark(new { sign = "#", target = new { start = 5, end = 5 } })).ExpectFaultAsync("/target", "value.out_of_range");
        await (await Mark(new { sign = "#", rationale = new string('x', 5_001), target = new { exact = "right" } })).ExpectFaultAsync("/rationale", "value.too_long");
    }

    [Fact]
    public async Task Marks_follow_an_edited_text_and_what_is_lost_is_kept_as_orphaned()
    {
        var team = await api.NewTeamAsync();
        var first = await team.AsAda.BringInAsync(team.Reading, Guidance);
        var right = await team.AsAda.MarkAsync(team.Reading, "#", "every educator's right");
        var gains = await team.AsBen.MarkAsync(team.Reading, "+", "Every learner gains", "Good.");

        var second = await team.AsAda.BringInAsync(team.Reading, "A new preface. Professional learning is each educator's right. And so on.", first.ETag());
        Assert.Equal((2, 1), ((int)second["annotations"]!, (int)second["orphaned"]!));
        var reworded = await team.AsAda.ReadAsync($"{team.Reading}/annotations/{right.Id()}");
        Assert.Equal("every educator's right", (string?)reworded["markedText"]);
        Assert.Contains("educator's right", (string?)reworded["target"]!["exact"], StringComparison.Ordinal);
        Assert.Equal((2L, 2L), ((long)reworded["revision"]!, (long)reworded["version"]!));
        var orphan = (await team.AsAda.ReadAsync($"{team.Reading}/annotations?orphaned=true"))["items"]!.AsArray().Single()!.AsObject();
        Assert.Equal((gains.Id(), "Every learner gains", "Good.", 1L), (orphan.Id(), (string?)orphan["target"]!["exact"], (string?)orphan["rationale"], (long)orphan["revision"]!));

        // A text that has it again has its mark again.
        await team.AsAda.BringInAsync(team.Reading, "Foreword. " + Guidance, second.ETag());
        var back = await team.AsAda.ReadAsync($"{team.Reading}/annotations?orphaned=false");
        Assert.Equal(2, back["items"]!.AsArray().Count);
        Assert.Contains(back["items"]!.AsArray(), item => item!.AsObject().Id() == gains.Id() && (string?)item["target"]!["exact"] == "Every learner gains");
    }

    [Fact]
    public async Task Only_who_set_a_mark_and_who_leads_changes_or_removes_it()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);
        var mark = await team.AsAda.MarkAsync(team.Reading, "#", "every educator's right", "Why.");
        var address = $"{team.Reading}/annotations/{mark.Id()}";

        await (await team.AsBen.SendJsonAsync(HttpMethod.Patch, address, new { rationale = "No." }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "annotation.not_yours");
        await (await team.AsBen.SendJsonAsync(HttpMethod.Delete, address, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "annotation.not_yours");
        var changed = await (await team.AsAda.SendJsonAsync(HttpMethod.Patch, address, new { sign = "?", target = new { exact = "planned", start = 50 } }, mark.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("?", "planned", "Why.", 2L), ((string?)changed["sign"], (string?)changed["target"]!["exact"], (string?)changed["rationale"], (long)changed["version"]!));
        await (await team.AsAda.SendJsonAsync(HttpMethod.Patch, address, new { rationale = "Old." }, mark.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Patch, address, new { sign = "!" }, "*")).ExpectFaultAsync("/sign", "annotation.unknown_sign");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Patch, address, new { target = new { exact = "nowhere" } }, "*")).ExpectFaultAsync("/target/exact", "annotation.quote_not_found");
        var lead = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Facilitator, team.District)));
        Assert.Equal(HttpStatusCode.NoContent, (await lead.SendJsonAsync(HttpMethod.Delete, address, null, changed.ETag())).StatusCode);
        await (await team.AsAda.GetAsync(address, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "annotation.not_found");
        Assert.Equal(0, await team.Tenant.StoredAsync(db => db.Annotations.CountAsync(Ct)));
    }

    [Fact]
    public async Task Differences_keep_their_id_and_say_who_found_them()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);
        var difference = await team.AsAda.MarkAsync(team.Reading, "#", "planned with care", "Ours is not.");
        await team.AsBen.MarkAsync(team.Reading, "+", "every educator's right");

        var found = await team.AsBen.ReadAsync($"{team.Run}/differences?count=true");

        var item = Assert.Single(found["items"]!.AsArray())!.AsObject();
        Assert.Equal((1, difference.Id(), "planned with care", "Ours is not.", team.Ada.Id),
            ((int)found["count"]!, item.Id(), (string?)item["text"], (string?)item["rationale"], (Guid)item["authors"]![0]!["personId"]!));
    }
}
