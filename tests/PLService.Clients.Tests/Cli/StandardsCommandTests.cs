using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class StandardsCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Table = "code,statement,parentCode\nEV,Learn from evidence.,\nEV.1,From several sources.,EV\n";

    [Fact]
    public async Task A_table_and_a_package_go_in_and_come_out()
    {
        var ct = TestContext.Current.CancellationToken;
        var (tenant, other) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        using var pls = new Pls(api.Environment(tenant.Credentials));
        using var elsewhere = new Pls(api.Environment(other.Credentials));
        await File.WriteAllTextAsync(pls.PathOf("ours.csv"), Table, ct);

        var dry = await pls.ReadAsync("standards", "import", pls.PathOf("ours.csv"), "--code", "ours", "--dry-run");
        Assert.Equal((true, 2), ((bool)dry["dryRun"]!, (int)dry["items"]!["created"]!));
        var shown = (await pls.RunAsync("standards", "import", pls.PathOf("ours.csv"), "--code", "ours", "--title", "Our standards", "--publish")).Expect(0);
        Assert.Contains("ours: Our standards (published)", shown.Output, StringComparison.Ordinal);

        (await pls.RunAsync("standards", "export", "ours", "-o", pls.PathOf("ours.json"))).Expect(0);
        var taken = await elsewhere.ReadAsync("standards", "import", pls.PathOf("ours.json"), "--code", "theirs");
        Assert.Equal(2, (int)taken["items"]!["created"]!);
        Assert.Contains("EV.1", (await elsewhere.RunAsync("standards", "export", "theirs", "--csv")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse((await elsewhere.RunAsync("standards", "export", "theirs")).Expect(0).Output)!["CFItems"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_sample_comes_in_and_its_own_package_changes_nothing()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("standards", "import", Repository.PathOf("deploy", "samples", "standards.csv"), "--code", "example-state", "--publish")).Expect(0);
        (await pls.RunAsync("standards", "export", "example-state", "-o", pls.PathOf("example-state.json"))).Expect(0);

        var again = await pls.ReadAsync("standards", "import", pls.PathOf("example-state.json"), "--dry-run");

        Assert.Equal((0, 0, 8), ((int)again["items"]!["created"]!, (int)again["items"]!["updated"]!, (int)again["items"]!["unchanged"]!));
    }

    [Fact]
    public async Task What_is_refused_is_told_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls(api.Environment(tenant.Credentials));

        Assert.Contains("case.address_refused", (await pls.RunAsync("standards", "import", "https://10.0.0.1/package")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("framework.not_found", (await pls.RunAsync("standards", "export", "nothing")).Expect(1).Errors, StringComparison.Ordinal);
    }
}
