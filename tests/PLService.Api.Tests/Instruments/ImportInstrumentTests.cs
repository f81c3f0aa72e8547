using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Instruments;

public sealed class ImportInstrumentTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_document_with_a_new_code_makes_an_instrument_with_a_draft()
    {
        var tenant = await api.NewTenantAsync();

        var made = await tenant.Everything().CreateAsync("/v1/instruments", TestInstruments.OneAxis());

        Assert.Equal("draft", (string?)made["status"]);
        var stored = await tenant.StoredAsync(db => db.InstrumentVersions.SingleAsync(v => v.TenantId == tenant.Id));
        Assert.Equal((string?)made["sha256"], Convert.ToHexStringLower(stored.Sha256));
        Assert.Equal("pulse", (await tenant.StoredAsync(db => db.Instruments.SingleAsync(i => i.TenantId == tenant.Id))).Code);
        Assert.Equal("instrument.imported", (await tenant.StoredAsync(db => db.AuditEvents.SingleAsync())).Action);
    }

    [Fact]
    public async Task A_known_code_gets_a_further_version_and_the_instrument_its_newest_title()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());
        var second = TestInstruments.OneAxis(version: "2.0");
        second["title"]!["en"] = "Pulse again";

        await client.CreateAsync("/v1/instruments", second);

        var instrument = await client.ReadAsync("/v1/instruments/pulse");
        Assert.Equal("Pulse again", (string?)instrument["title"]!["en"]);
        Assert.Equal(["2.0", "1.0"], instrument["versions"]!.AsArray().Select(v => (string?)v!["label"]));
    }

    [Fact]
    public async Task A_label_that_is_taken_is_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis());

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments", TestInstruments.OneAxis());

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.LabelTaken.Code);
    }

    [Fact]
    public async Task A_code_of_the_catalog_cannot_be_taken()
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments", TestInstruments.OneAxis("plsr", "9.9"));

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.IsCatalog.Code);
    }

    [Fact]
    public async Task Every_fault_of_the_document_is_named_with_its_place()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var document = TestInstruments.OneAxis();
        document["axes"]![0]!["scale"] = "stripes";
        document["sections"]![1]!["items"]![0]!["code"] = "A.1";

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments", document);

        await response.ExpectFaultAsync("/axes/0/scale", "instrument.unknown_reference");
    }

    [Theory]
    [InlineData("""{"code":"x"}""")]
    [InlineData("""{"code":"pulse","code":"pulse"}""")]
    [InlineData("[]")]
    public async Task What_is_not_shaped_like_a_document_is_refused(string body)
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments", body);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task It_concerns_the_whole_tenant_and_needs_its_scope()
    {
        var tenant = await api.NewTenantAsync();
        var state = await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "state", name = "State" });

        var within = await tenant.Within(state.Id()).SendJsonAsync(HttpMethod.Post, "/v1/instruments", TestInstruments.OneAxis());
        var without = await tenant.Only(Scopes.InstrumentsRead).SendJsonAsync(HttpMethod.Post, "/v1/instruments", TestInstruments.OneAxis());

        await within.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        await without.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }
}
