using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class OrganizationCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_tree_is_listed_shown_and_drawn()
    {
        var ct = TestContext.Current.CancellationToken;
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials);
        var state = await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.State, Name = "Example State" }, cancellationToken: ct);
        var district = await client.CreateOrganizationAsync(
            new() { Kind = OrganizationKind.District, Name = "Alder [Ñ]", ParentId = state.Id, Identifiers = [new() { System = "nces", Value = "0012345" }] }, cancellationToken: ct);
        using var pls = new Pls(api.Environment(tenant.Credentials));

        var listed = await pls.ReadAsync("orgs", "list", "--kind", "district");
        Assert.Equal(district.Id.ToString(), (string?)Assert.Single(listed.AsArray())!["id"]);
        Assert.Equal("district", (string?)listed[0]!["kind"]);

        Assert.Equal("0012345", (string?)(await pls.ReadAsync("orgs", "show", district.Id.ToString()))["identifiers"]![0]!["value"]);
        Assert.Equal("Alder [Ñ]", (string?)(await pls.ReadAsync("orgs", "tree"))[0]!["children"]![0]!["name"]);

        // For people: names as they are, brackets and accents too.
        Assert.Contains("Alder [Ñ]", (await pls.RunAsync("orgs", "list")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("── Alder [Ñ] (district, nces:0012345)", (await pls.RunAsync("orgs", "tree")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_told_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls(api.Environment(tenant.Credentials));

        var refused = (await pls.RunAsync("orgs", "show", Guid.NewGuid().ToString(), "--json")).Expect(1);

        Assert.Contains("organization.not_found", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }
}
