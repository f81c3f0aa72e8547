using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class AccessRequestCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_listed_granted_as_another_role_and_refused_with_a_word()
    {
        var tenant = await api.NewTenantAsync();
        using var client = api.Connect(tenant.Credentials);
        var district = await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.District, Name = "Alder" }, cancellationToken: Ct);
        var first = await AskAsync(tenant, district.Id);
        var second = await AskAsync(tenant, district.Id);
        using var pls = new Pls(api.Environment(tenant.Credentials));

        Assert.Equal(2, (await pls.ReadAsync("access-requests", "list", "--status", "open", "--organization", district.Id.ToString())).AsArray().Count);
        Assert.Contains("I run [it].", (await pls.RunAsync("access-requests", "list")).Expect(0).Output, StringComparison.Ordinal);

        Assert.Equal("granted", (string?)(await pls.ReadAsync("access-requests", "grant", first, "--role", "viewer", "--note", "To begin with."))["status"]);
        Assert.Equal(Role.Viewer, Assert.Single(await client.ListAllMembershipsAsync(cancellationToken: Ct).ToListAsync(Ct)).Role);
        (await pls.RunAsync("access-requests", "refuse", second)).Expect(64);
        var refused = await pls.ReadAsync("access-requests", "refuse", second, "--note", "Ask your district.");
        Assert.Equal(("refused", "Ask your district."), ((string?)refused["status"], (string?)refused["note"]));
        (await pls.RunAsync("access-requests", "grant", second)).Expect(1);
        Assert.Empty((await pls.ReadAsync("access-requests", "list", "--status", "open")).AsArray());
    }

    private static async Task<string> AskAsync(TestTenant tenant, Guid district)
    {
        using var asker = tenant.As(await tenant.NewPersonAsync());
        using var answer = await asker.PostAsJsonAsync("/v1/access-requests", new { role = "facilitator", reason = "I run [it].", organization = new { id = district } }, Ct);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!["id"]!;
    }
}
