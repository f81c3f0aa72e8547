using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

public sealed class WorksheetImageTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_answers_a_field_and_goes_out_as_nothing_but_an_image()
    {
        var team = await api.NewTeamAsync();
        var bytes = RunSteps.Png();

        // Its header lies; its bytes decide.
        using var put = await team.AsAda.PutImageAsync($"{team.Sheet}/images/expect", bytes, "A tree whose roots are questions", "image/webp");
        var made = await put.ExpectAsync(HttpStatusCode.Created);

        Assert.Equal(("image/png", bytes.Length), ((string?)made["mediaType"], (int)made["size"]!));
        using var got = await team.AsBen.GetAsync(put.Headers.Location, Ct);
        Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("image/png", "attachment", "nosniff"),
            (got.Content.Headers.ContentType?.MediaType, got.Content.Headers.ContentDisposition?.DispositionType, got.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal($"\"{made["sha256"]}\"", got.Headers.ETag?.Tag);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{team.Sheet}/images/expect");
        again.Headers.IfNoneMatch.Add(got.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await team.AsBen.SendAsync(again, Ct)).StatusCode);
        var sheet = await team.AsBen.ReadAsync(team.Sheet);
        Assert.Equal(("A tree whose roots are questions", team.Ada.Id, 1L),
            ((string?)sheet.FieldOf("expect")["image"]!["alternativeText"], (Guid)sheet.FieldOf("expect")["image"]!["changedBy"]!["personId"]!, (long)sheet["version"]!));
        Assert.Contains("worksheet.imageAdded", await team.Tenant.ActionsAsync());
    }

    [Fact]
    public async Task It_is_replaced_and_removed_on_what_was_seen()
    {
        var team = await api.NewTeamAsync();
        var address = $"{team.Sheet}/images/expect";
        var first = (await team.AsAda.PutImageAsync(address, RunSteps.Png())).Headers.ETag!.Tag;

        await (await team.AsBen.PutImageAsync(address, RunSteps.Png(fill: 8))).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var second = await (await team.AsBen.PutImageAsync(address, RunSteps.Png(fill: 8), ifMatch: first)).ExpectAsync(HttpStatusCode.OK);
        await (await team.AsAda.PutImageAsync(address, RunSteps.Png(fill: 9), ifMatch: first)).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Delete, address, null, first)).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal(HttpStatusCode.NoContent, (await team.AsAda.SendJsonAsync(HttpMethod.Delete, address, null, $"\"{second["sha256"]}\"")).StatusCode);
        await (await team.AsAda.GetAsync(address, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "image.not_found");
        await (await team.AsAda.PutImageAsync(address, RunSteps.Png(), ifMatch: first)).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        Assert.Equal(0, await team.Tenant.StoredAsync(db => db.WorksheetImages.CountAsync(Ct)));
    }

    [Fact]
    public async Task What_is_no_image_or_too_large_or_without_words_is_refused()
    {
        var team = await api.NewTeamAsync();
        var address = $"{team.Sheet}/images/expect";

        await (await team.AsAda.PutImageAsync(address, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray())).ExpectFaultAsync("", "worksheet.not_an_image");
        await (await team.AsAda.PutImageAsync(address, "<svg/>"u8.ToArray(), contentType: "image/svg+xml")).ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        await (await team.AsAda.PutImageAsync(address, RunSteps.Png((2 * 1024 * 1024) + 1))).ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        await (await team.AsAda.PutImageAsync(address, RunSteps.Png(), alternativeText: null)).ExpectFaultAsync("?alternativeText", "value.required");
        await (await team.AsAda.PutImageAsync($"{team.Sheet}/images/know", RunSteps.Png())).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.no_image");
        await (await team.AsAda.PutImageAsync($"{team.Sheet}/images/nothing", RunSteps.Png())).ExpectProblemAsync(HttpStatusCode.NotFound, "field.not_found");
        await (await team.AsAda.PutImageAsync(address, RunSteps.Png(2 * 1024 * 1024))).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_members_image_is_the_members_until_it_is_shared()
    {
        var team = await api.NewTeamAsync();
        var mine = $"{team.Sheet}/mine/images/expect";
        var shared = $"{team.Sheet}/shared/{team.Ada.Id}/images/expect";
        await (await team.AsAda.PutImageAsync(mine, RunSteps.Png())).ExpectAsync(HttpStatusCode.Created);

        await (await team.AsBen.GetAsync(mine, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "image.not_found");
        await (await team.AsBen.GetAsync(shared, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "image.not_found");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share", null, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(RunSteps.Png(), await team.AsBen.GetByteArrayAsync(shared, Ct));
        Assert.Equal(RunSteps.Png(), await team.AsAda.GetByteArrayAsync(mine, Ct));
        var viewer = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Viewer, team.District)));
        await (await viewer.GetAsync(shared, Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.team_only");
        Assert.Equal(HttpStatusCode.NoContent, (await team.AsAda.SendJsonAsync(HttpMethod.Delete, mine, null, "*")).StatusCode);
    }

    [Fact]
    public async Task A_field_of_a_standard_has_its_image_under_its_key()
    {
        var team = await api.NewTeamAsync();
        await team.Tenant.PlantFrameworkAsync("two", ("A.1", "First"), ("B 2", "Second"));
        var document = TestToolkits.Document("pictures");
        document["tools"]![0]!["parts"]![1]!["fields"]![0]!["perStandardOf"] = "two";
        await team.Everything.PublishToolkitAsync(document);
        var run = await team.Everything.CreateAsync("/v1/toolkit-runs", new { toolkit = new { code = "pictures" }, organizationId = team.District, teamName = "T", teamKind = "other" });
        var sheet = $"/v1/toolkit-runs/{run.Id()}/worksheets/1";

        await (await team.Everything.PutImageAsync($"{sheet}/images/expect%2FA.1", RunSteps.Png())).ExpectAsync(HttpStatusCode.Created);

        Assert.Equal(RunSteps.Png(), await team.Everything.GetByteArrayAsync($"{sheet}/images/expect/A.1", Ct));
        // A code that cannot be part of an address gives way to the standard's id.
        var fields = (await team.Everything.ReadAsync(sheet))["fields"]!.AsArray();
        Assert.Equal(("B 2", $"expect/{fields[1]!["standard"]!["id"]}"), ((string?)fields[1]!["standard"]!["code"], (string?)fields[1]!["key"]));
    }
}
