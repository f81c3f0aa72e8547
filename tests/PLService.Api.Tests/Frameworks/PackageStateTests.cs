using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>A package is known by the version of its framework: whoever has one is told of every change of a part, and of nothing else.</summary>
public sealed class PackageStateTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Package = "/v1/frameworks/cedar/package";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Acts => [.. ByName.Keys];

    private static readonly Dictionary<string, Func<HttpClient, JsonObject, JsonObject, Task<HttpResponseMessage>>> ByName = new()
    {
        ["create"] = (client, _, _) => client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { code = "C", statement = "Something new." }),
        ["change"] = (client, a, _) => client.ChangeAsync(a, new { label = "Another" }),
        ["move"] = (client, a, b) => client.MoveAsync(b, a.Id()),
        ["delete"] = (client, _, b) => client.SendJsonAsync(HttpMethod.Delete, $"/v1/standards/{b.Id()}", ifMatch: "*"),
        ["replace"] = (client, a, b) => client.ReplaceByAsync(a, b),
        ["link"] = (client, a, b) => client.LinkAsync("cedar", "isPeerOf", a, b),
        ["describe"] = (client, _, _) => client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", new { title = "Cedar, once more" }, "*"),
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task A_change_of_a_part_is_another_package(string act)
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (a, b) = await TwoAsync(client);
        var before = await TagAsync(client);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(client, before));

        Assert.True((await ByName[act](client, a, b)).IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.OK, await AgainAsync(client, before));
    }

    [Fact]
    public async Task A_link_that_goes_is_another_package_and_what_says_nothing_new_is_none()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (a, b) = await TwoAsync(client);
        var link = await (await client.LinkAsync("cedar", "isPeerOf", a, b)).ExpectAsync(HttpStatusCode.Created);
        var before = await TagAsync(client);

        await (await client.ChangeAsync(a, new { label = "Label A" })).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(client, before));
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/associations/{link.Id()}")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, await AgainAsync(client, before));
    }

    [Fact]
    public async Task Those_who_change_different_standards_at_once_do_not_stand_in_each_others_way()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var standards = new List<JsonObject>();
        for (var i = 0; i < 20; i++)
            standards.Add(await client.AddStandardAsync("cedar", $"S{i}"));

        var changed = await Task.WhenAll(standards.Select(standard => client.ChangeAsync(standard, new { label = "New" }, standard.ETag())));

        Assert.All(changed, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    private static async Task<(JsonObject A, JsonObject B)> TwoAsync(HttpClient client)
    {
        await client.AddFrameworkAsync();
        return (await client.AddStandardAsync("cedar", "A"), await client.AddStandardAsync("cedar", "B"));
    }

    private static async Task<string> TagAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Package, Ct);
        return answer.Headers.ETag!.ToString();
    }

    private static async Task<HttpStatusCode> AgainAsync(HttpClient client, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Package);
        request.Headers.Add("If-None-Match", tag);
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
