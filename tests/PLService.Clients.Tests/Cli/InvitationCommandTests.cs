using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class InvitationCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_is_invited_listed_sent_again_and_taken_back()
    {
        var (pls, _) = await NewAsync();
        using (pls)
        {
            var made = Assert.Single((await pls.ReadAsync("invite", "--email", "ada@example.org", "--role", "facilitator", "--organization", "nces:0012345", "--name", "Ada [Ñ]", "--link")).AsArray())!;
            Assert.Equal(("created", "ada@example.org"), ((string?)made["outcome"], (string?)made["email"]));
            Assert.Contains("/invitation#token=pli_", (string?)made["link"], StringComparison.Ordinal);
            var id = (string)made["invitationId"]!;

            var listed = Assert.Single((await pls.ReadAsync("invitations", "list", "--status", "pending", "--organization", "nces:0012345")).AsArray())!;
            Assert.Equal((id, "Alder", "facilitator"), ((string?)listed["id"], (string?)listed["organizationName"], (string?)listed["role"]));
            Assert.Contains("ada@example.org", (await pls.RunAsync("invitations", "list")).Expect(0).Output, StringComparison.Ordinal);

            var resent = (await pls.RunAsync("invitations", "resend", id, "--link")).Expect(0);
            Assert.Contains("/invitation#token=pli_", resent.Output, StringComparison.Ordinal);
            Assert.DoesNotContain((string)made["link"]!, resent.Output, StringComparison.Ordinal);
            // By mail the link is shown to nobody.
            Assert.Null((await pls.ReadAsync("invitations", "resend", id))["link"]);

            Assert.Equal("revoked", (string?)(await pls.ReadAsync("invitations", "revoke", id))["status"]);
            Assert.Contains("invitation.revoked", (await pls.RunAsync("invitations", "revoke", id)).Expect(1).Errors, StringComparison.Ordinal);
            Assert.Empty((await pls.ReadAsync("invitations", "list", "--status", "pending")).AsArray());
        }
    }

    [Fact]
    public async Task A_file_of_hundreds_is_invited_and_shown_with_its_links()
    {
        var (pls, client) = await NewAsync();
        using (pls)
        {
            var file = pls.PathOf("people.csv");
            await File.WriteAllTextAsync(
                file,
                "\uFEFFEmail,Name,Role,Ends on\r\n" + string.Concat(Enumerable.Range(0, 620).Select(i => $"p{i}@example.org,\"Person, {i}\",{(i == 0 ? "reviewer" : "")},2099-06-30\r\n")), Ct);

            var made = (await pls.ReadAsync("invite", "--file", file, "--role", "participant", "--organization", "nces:0012345", "--link")).AsArray();

            Assert.Equal(620, made.Select(one => (string?)one!["link"]).Distinct().Count());
            var stored = await client.ListAllInvitationsAsync(limit: 500, cancellationToken: Ct).ToListAsync(Ct);
            Assert.Equal((620, 1), (stored.Count, stored.Count(one => one.Role == Role.Reviewer)));
            Assert.All(stored, one => Assert.Equal(new DateOnly(2099, 6, 30), one.EndsOn));
            Assert.Contains(stored, one => one is { Email: "p619@example.org", PersonName: "Person, 619" });
            var shown = (await pls.RunAsync(await File.ReadAllTextAsync(file, Ct), ["invite", "--file", "-", "--role", "participant", "--organization", "nces:0012345"])).Expect(0);
            Assert.Contains("620 renewed", shown.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("token=", shown.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_told_by_their_lines_and_nobody_is_invited()
    {
        var (pls, client) = await NewAsync();
        using (pls)
        {
            var file = pls.PathOf("people.csv");
            await File.WriteAllTextAsync(file, "email;role;organization\nada@example.org;viewer;nces:0012345\n\nno address;viewer;nces:0012345\nbea@example.org;viewer;nces:404\n", Ct);
            var formal = (await pls.RunAsync("invite", "--file", file)).Expect(1);
            Assert.Contains("line 4, no address", formal.Errors, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, "email;role;organization\nada@example.org;viewer;nces:0012345\nbea@example.org;viewer;nces:404\n", Ct);
            var unknown = (await pls.RunAsync("invite", "--file", file, "--json")).Expect(1);
            Assert.Contains("line 3, bea@example.org", unknown.Errors, StringComparison.Ordinal);
            Assert.Contains("invitation.unknown_organization", unknown.Errors, StringComparison.Ordinal);
            Assert.Empty(unknown.Output);
            Assert.Empty(await client.ListAllInvitationsAsync(cancellationToken: Ct).ToListAsync(Ct));
        }
    }

    [Theory]
    [InlineData("role,organization\nviewer,nces:1\n", "no column 'email'")]
    [InlineData("email,phone\na@example.org,1\n", "column 'phone'")]
    [InlineData("email\n", "no rows")]
    [InlineData("email\na@example.org\n", "Line 2: There is no role")]
    [InlineData("email,role\na@example.org,boss\n", "Line 2: 'boss' is no role")]
    [InlineData("email,role\na@example.org,viewer,x\n", "Line 2 has 3 cells")]
    [InlineData("email,role,ends_on\na@example.org,viewer,June\n", "Line 2: 'June' is no date")]
    [InlineData("email,role\n\"a@example.org,viewer\n", "never closed")]
    public async Task What_is_no_such_file_is_told_before_anything_is_sent(string text, string message)
    {
        var (pls, _) = await NewAsync();
        using (pls)
        {
            await File.WriteAllTextAsync(pls.PathOf("people.csv"), text, Ct);
            Assert.Contains(message, (await pls.RunAsync("invite", "--file", pls.PathOf("people.csv"))).Expect(1).Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_told()
    {
        using var pls = new Pls();

        foreach (var arguments in (string[][])[[], ["--email", "a@example.org"], ["--email", "a@example.org", "--file", "x.csv"], ["--file", "x.csv", "--name", "Ada"], ["--email", "a@example.org", "--role", "viewer", "--days", "91"]])
            (await pls.RunAsync(["invite", .. arguments])).Expect(64);
    }

    private async Task<(Pls Pls, PLServiceClient Client)> NewAsync()
    {
        var tenant = await api.NewTenantAsync();
        var client = api.Connect(tenant.Credentials);
        await client.CreateOrganizationAsync(
            new() { Kind = OrganizationKind.District, Name = "Alder", Identifiers = [new() { System = "nces", Value = "0012345" }] }, cancellationToken: Ct);
        return (new Pls(api.Environment(tenant.Credentials)), client);
    }
}
