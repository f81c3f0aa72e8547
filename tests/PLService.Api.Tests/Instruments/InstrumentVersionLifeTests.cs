using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Instruments;

/// <summary>Replace and delete a draft, publish, retire.</summary>
public sealed class InstrumentVersionLifeTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Address = "/v1/instruments/pulse/versions/1.0";

    [Fact]
    public async Task A_draft_is_replaced_as_a_whole()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var draft = await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());
        var changed = TestInstruments.OneAxis(version: "1.1");
        changed["sections"]![0]!["items"]!.AsArray().RemoveAt(1);

        var replaced = await (await client.SendJsonAsync(HttpMethod.Put, Address, changed, draft.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.NotEqual((string?)draft["sha256"], (string?)replaced["sha256"]);
        var read = await client.ReadAsync("/v1/instruments/pulse/versions/1.1");
        Assert.Single(read["document"]!["sections"]![0]!["items"]!.AsArray());
        Assert.Equal(2, (long)read["version"]!);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());

        await (await client.SendJsonAsync(HttpMethod.Put, Address, TestInstruments.OneAxis())).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Post, Address + "/publish", ifMatch: "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await client.SendJsonAsync(HttpMethod.Delete, Address, ifMatch: "W/\"1\"")).ExpectFaultAsync("If-Match", "concurrency.bad_if_match");
    }

    [Fact]
    public async Task A_document_of_another_code_is_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var draft = await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());

        var response = await client.SendJsonAsync(HttpMethod.Put, Address, TestInstruments.OneAxis("other"), draft.ETag());

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.CodeMismatch.Code);
    }

    [Fact]
    public async Task A_label_of_another_version_cannot_be_taken_by_a_draft()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var draft = await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis(version: "2.0"));

        var response = await client.SendJsonAsync(HttpMethod.Put, Address, TestInstruments.OneAxis(version: "2.0"), draft.ETag());

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.LabelTaken.Code);
    }

    [Fact]
    public async Task The_last_draft_goes_with_its_instrument()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var draft = await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());

        var response = await client.SendJsonAsync(HttpMethod.Delete, Address, ifMatch: draft.ETag());

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(0, await tenant.StoredAsync(db => db.Instruments.CountAsync(i => i.TenantId == tenant.Id)));
    }

    [Fact]
    public async Task What_is_published_is_neither_changed_nor_deleted_nor_published_again()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.PublishAsync(TestInstruments.OneAxis());

        await (await client.SendJsonAsync(HttpMethod.Put, Address, TestInstruments.OneAxis(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.NotDraft.Code);
        await (await client.SendJsonAsync(HttpMethod.Delete, Address, ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.NotDraft.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, Address + "/publish", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.NotDraft.Code);
    }

    [Fact]
    public async Task A_published_version_retires_and_a_draft_does_not()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var draft = await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());
        await (await client.SendJsonAsync(HttpMethod.Post, Address + "/retire", ifMatch: draft.ETag())).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.NotPublished.Code);
        await client.SendJsonAsync(HttpMethod.Post, Address + "/publish", ifMatch: draft.ETag());

        var retired = await (await client.SendJsonAsync(HttpMethod.Post, Address + "/retire", ifMatch: "\"2\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("retired", (string?)retired["status"]);
        Assert.NotNull(retired["retiredAt"]);
    }

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/publish")]
    [InlineData("POST", "/retire")]
    public async Task The_catalog_is_read_only_and_unknown_versions_are_not_there(string method, string transition)
    {
        var client = (await api.NewTenantAsync()).Everything();
        var body = method == "PUT" ? TestInstruments.OneAxis("plsr") : null;

        var catalog = await client.SendJsonAsync(new HttpMethod(method), "/v1/instruments/plsr/versions/1.0" + transition, body, "*");
        var unknown = await client.SendJsonAsync(new HttpMethod(method), "/v1/instruments/nothing/versions/1.0" + transition, body, "*");

        await catalog.ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.IsCatalog.Code);
        await unknown.ExpectProblemAsync(HttpStatusCode.NotFound, "instrument_version.not_found");
    }
}
