using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class ToolkitCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Toolkits_are_listed_and_shown_go_out_and_come_in_and_runs_tell_how_far_they_are()
    {
        var ct = TestContext.Current.CancellationToken;
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials);
        var district = await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.District, Name = "Alder" }, cancellationToken: ct);
        using var pls = new Pls(api.Environment(tenant.Credentials));

        var code = (string)(await pls.ReadAsync("toolkit", "list")).AsArray().First(one => (bool)one!["catalog"]!)!["code"]!;
        Assert.Contains(code, (await pls.RunAsync("toolkit", "list")).Expect(0).Output, StringComparison.Ordinal);
        var shown = await pls.ReadAsync("toolkit", "show", code);
        Assert.Contains((string)shown["document"]!["tools"]![0]!["code"]!, (await pls.RunAsync("toolkit", "show", code)).Expect(0).Output, StringComparison.Ordinal);

        var document = JsonNode.Parse((await pls.RunAsync("toolkit", "export", code)).Expect(0).Output)!;
        Assert.Equal(code, (string?)document["code"]);
        document["code"] = "ours";
        await File.WriteAllTextAsync(pls.PathOf("ours.json"), document.ToJsonString(), ct);
        var made = await pls.ReadAsync("toolkit", "import", pls.PathOf("ours.json"));
        Assert.Equal(("ours", "draft"), ((string?)made["code"], (string?)made["status"]));
        Assert.Contains("no published version", (await pls.RunAsync("toolkit", "show", "ours")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("There is no file", (await pls.RunAsync("toolkit", "import", pls.PathOf("none.json"))).Expect(1).Errors, StringComparison.Ordinal);

        Assert.Empty((await pls.ReadAsync("toolkit", "runs")).AsArray());
        await client.CreateToolkitRunAsync(
            new() { Toolkit = new() { Code = code }, OrganizationId = district.Id, TeamName = "Team [1]", TeamKind = TeamKind.Pdec }, cancellationToken: ct);
        Assert.Single((await pls.ReadAsync("toolkit", "runs", "--organization", district.Id.ToString(), "--toolkit", code)).AsArray());
        Assert.Contains("Team [1]", (await pls.RunAsync("toolkit", "runs")).Expect(0).Output, StringComparison.Ordinal);
    }
}
