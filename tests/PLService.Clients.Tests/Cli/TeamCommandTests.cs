using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class TeamCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Teams_are_listed_with_what_they_lack_and_shown_with_who_is_in_them()
    {
        var ct = TestContext.Current.CancellationToken;
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials);
        var district = await client.CreateOrganizationAsync(
            new() { Kind = OrganizationKind.District, Name = "Alder", Identifiers = [new() { System = "nces", Value = "0012345" }] }, cancellationToken: ct);
        var team = await client.CreateTeamAsync(new() { OrganizationId = district.Id, Kind = TeamKind.Pdec, Name = "PDEC [2026]" }, cancellationToken: ct);
        await client.AddTeamMemberAsync(team.Id, new() { Name = "Ada Moreno", Constituencies = ["teacher"] }, cancellationToken: ct);
        using var pls = new Pls(api.Environment(tenant.Credentials));

        var listed = Assert.Single((await pls.ReadAsync("teams", "list", "--organization", "nces:0012345", "--kind", "pdec", "--unmet")).AsArray())!;
        Assert.Equal(team.Id.ToString(), (string?)listed["id"]);
        var list = (await pls.RunAsync("teams", "list")).Expect(0).Output;
        Assert.Contains("PDEC [2026]", list, StringComparison.Ordinal);
        Assert.Contains("(0 of 1)", list, StringComparison.Ordinal);
        Assert.Contains("Ada Moreno", (await pls.RunAsync("teams", "show", team.Id.ToString())).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("Ada Moreno", (string?)Assert.Single((await pls.ReadAsync("teams", "show", team.Id.ToString()))["members"]!.AsArray())!["name"]);
        Assert.Contains("team.not_found", (await pls.RunAsync("teams", "show", district.Id.ToString())).Expect(1).Errors, StringComparison.Ordinal);
    }
}
