using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Instruments;

/// <summary>List, read, read a version, export.</summary>
public sealed class ReadInstrumentTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_catalog_and_the_tenants_own_are_listed_and_nobody_elses()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.Everything().CreateAsync("/v1/instruments", TestInstruments.OneAxis("mine"));
        await (await api.NewTenantAsync()).Everything().CreateAsync("/v1/instruments", TestInstruments.OneAxis("theirs"));

        var list = await tenant.Everything().ReadAsync("/v1/instruments?count=true");

        Assert.Equal(["connected-pl", "ct-reflection", "mine", "plsr"], Codes(list));
        Assert.Equal(4, (int)list["count"]!);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_code_and_by_status_and_read_page_by_page()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis("mine"));

        Assert.Equal(["mine"], Codes(await client.ReadAsync("/v1/instruments?status=draft")));
        Assert.Equal(["plsr"], Codes(await client.ReadAsync("/v1/instruments?code=plsr")));
        var first = await client.ReadAsync("/v1/instruments?limit=3");
        Assert.Equal(["plsr"], Codes(await client.ReadAsync($"/v1/instruments?limit=3&cursor={first["nextCursor"]}")));
    }

    [Fact]
    public async Task A_version_is_read_with_its_document_and_not_sent_again_while_it_stays_the_same()
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.GetAsync("/v1/instruments/plsr/versions/1.0", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/instruments/plsr/versions/1.0");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        var unchanged = await client.SendAsync(again, TestContext.Current.CancellationToken);

        var version = await response.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("published", (string?)version["status"]);
        Assert.Equal(8, version["document"]!["sections"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task An_export_imports_elsewhere_with_the_same_hash()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.CreateAsync("/v1/instruments", TestInstruments.TwoAxes());

        var exported = await client.ReadAsync("/v1/instruments/two-axes/versions/1.0/document");
        var imported = await (await api.NewTenantAsync()).Everything().CreateAsync("/v1/instruments", exported);

        Assert.Equal((string?)made["sha256"], (string?)imported["sha256"]);
        Assert.True(JsonNode.DeepEquals(exported, imported["document"]));
    }

    [Theory]
    [InlineData("/v1/instruments/theirs", "instrument.not_found")]
    [InlineData("/v1/instruments/theirs/versions/1.0", "instrument_version.not_found")]
    [InlineData("/v1/instruments/theirs/versions/1.0/document", "instrument_version.not_found")]
    [InlineData("/v1/instruments/plsr/versions/0.0", "instrument_version.not_found")]
    public async Task Another_tenants_instrument_does_not_exist(string address, string code)
    {
        await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Post, "/v1/instruments", TestInstruments.OneAxis("theirs"));

        var response = await (await api.NewTenantAsync()).Everything().GetAsync(address, TestContext.Current.CancellationToken);

        await response.ExpectProblemAsync(HttpStatusCode.NotFound, code);
    }

    private static IEnumerable<string?> Codes(JsonObject list) => list["items"]!.AsArray().Select(item => (string?)item!["code"]);
}
