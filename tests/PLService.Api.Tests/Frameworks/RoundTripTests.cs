using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>In and out without loss, whatever a package holds.</summary>
public sealed class RoundTripTests(ApiServer api) : IClassFixture<ApiServer>
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_package_comes_out_as_it_went_in_and_goes_in_elsewhere_as_it_came_out(int seed)
    {
        var (tenant, other) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        var package = new PackageMaker(seed).Make();
        var id = await tenant.Everything().ImportAsync(package);

        var exported = await tenant.Everything().ReadAsync($"/v1/frameworks/{id}/package");

        Assert.Empty(CaseSchema.FaultsOf("CFPackage", exported));
        foreach (var part in package)
            Assert.True(CasePackages.Means(part.Value, exported[part.Key]), $"{part.Key}: {part.Value?.ToJsonString()} is not {exported[part.Key]?.ToJsonString()}");
        Assert.Equal(0, (int)(await tenant.Everything().TakeAsync(exported))["changeCount"]!);

        await other.Everything().ImportAsync(exported);
        Assert.True(JsonNode.DeepEquals(exported, await other.Everything().ReadAsync($"/v1/frameworks/{id}/package")));
    }

    [Fact]
    public async Task The_state_of_a_framework_is_its_tag_and_drafts_can_be_exported_by_code()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Tagged");
        await tenant.Everything().ImportAsync(package, "?code=tagged");
        using var first = await tenant.Everything().GetAsync("/v1/frameworks/tagged/package", TestContext.Current.CancellationToken);
        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(tenant, first.Headers.ETag!.ToString()));
        package["CFItems"]![0]!["notes"] = "new";
        await tenant.Everything().ImportAsync(package);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, first.Headers.ETag.ToString()));
        await (await (await api.NewTenantAsync()).Everything().GetAsync("/v1/frameworks/tagged/package", TestContext.Current.CancellationToken)).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
    }

    private static async Task<HttpStatusCode> StatusAsync(TestTenant tenant, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/frameworks/tagged/package");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await tenant.Everything().SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
