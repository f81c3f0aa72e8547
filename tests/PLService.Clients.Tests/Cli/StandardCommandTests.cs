using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class StandardCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Frameworks_are_listed_a_tree_is_drawn_and_a_standard_is_found_and_shown()
    {
        var ct = TestContext.Current.CancellationToken;
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials);
        var framework = await client.CreateFrameworkAsync(new() { Code = "cedar", Title = "Cedar [Ñ]", Creator = "Cedar Valley" }, cancellationToken: ct);
        var top = await client.CreateStandardAsync("cedar", new() { Code = "C", Label = "Conditions", Statement = "Conditions for success" }, cancellationToken: ct);
        await client.CreateStandardAsync("cedar", new() { Code = "LEA", Statement = "Leaders take part.", ParentId = top.Id }, cancellationToken: ct);
        using var pls = new Pls(api.Environment(tenant.Credentials));

        Assert.Contains((await pls.ReadAsync("standards", "list")).AsArray(), one => (string?)one!["id"] == framework.Id.ToString());
        Assert.Contains("Cedar [Ñ]", (await pls.RunAsync("standards", "list")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(["C  Conditions", "  LEA  Leaders take part."], (await pls.RunAsync("standards", "list", "cedar")).Expect(0).Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal("C", (string?)(await pls.ReadAsync("standards", "show", "cedar:lea"))["ancestors"]![0]!["code"]);
        Assert.Equal("LEA", (string?)Assert.Single((await pls.ReadAsync("standards", "search", "leaders", "part", "--framework", "cedar")).AsArray())!["code"]);
        Assert.Contains("There is no standard X", (await pls.RunAsync("standards", "show", "cedar:X")).Expect(1).Errors, StringComparison.Ordinal);
    }
}
