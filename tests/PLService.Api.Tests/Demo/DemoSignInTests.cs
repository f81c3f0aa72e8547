using System.Net;
using PLService.Api.Commands.Demo;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Demo;

[Collection(DemoServer.Shared)]
public sealed class DemoSignInTests(DemoServer api)
{
    [Theory]
    [InlineData("agencyAdmin", null, "agencyAdmin", "en")]
    [InlineData("districtLead", "Quillmere School District", "districtLead", "en")]
    [InlineData("facilitator", "Quillmere School District", "facilitator", "en")]
    [InlineData("reviewer", "Example North Region", "reviewer", "en")]
    [InlineData("participant", "Quillmere High School", "participant", "en")]
    [InlineData("viewer", "Example State", "viewer", "en")]
    [InlineData("participant (es)", "Quillmere High School", "participant", "es")]
    public async Task There_is_somebody_of_every_role_to_sign_in_as(string name, string? place, string role, string language)
    {
        using var client = api.Anonymous();
        var signedIn = await (await client.SignInAsync(api.Tenant, api.SignIns.Emails[name], api.SignIns.Password, "cli")).ExpectAsync(HttpStatusCode.OK);
        client.Use(signedIn["tokens"]!);

        var me = await client.ReadAsync("/v1/me");
        Assert.Equal((api.SignIns.Tenant, language), ((string)me["tenantSlug"]!, (string)me["language"]!));
        var access = Assert.Single(me["access"]!.AsArray())!;
        Assert.Equal((place, role), ((string?)access["organizationName"], (string?)Assert.Single(access["roles"]!.AsArray())));
    }

    [Fact]
    public async Task The_password_stays_while_the_file_does_and_is_new_when_it_was_lost()
    {
        var file = Path.Combine(Path.GetTempPath(), $"demo-people-{Guid.NewGuid()}.json");
        var tenant = await api.NewTenantAsync();
        await api.TellOfPeopleAsync(tenant);

        var first = await SignIns.EnsureAsync(api.Database.Owner, tenant.Id, file, TestContext.Current.CancellationToken);
        var second = await SignIns.EnsureAsync(api.Database.Owner, tenant.Id, file, TestContext.Current.CancellationToken);
        File.Delete(file);
        var third = await SignIns.EnsureAsync(api.Database.Owner, tenant.Id, file, TestContext.Current.CancellationToken);

        Assert.Equal(first!.Password, second!.Password);
        Assert.NotEqual(first.Password, third!.Password);
        using var client = api.Anonymous();
        await (await client.SignInAsync(tenant, third.Emails["viewer"], first.Password, "cli")).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        await (await client.SignInAsync(tenant, third.Emails["viewer"], third.Password, "cli")).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_people_nobody_gets_a_password()
    {
        var tenant = await api.NewTenantAsync();
        var file = Path.Combine(Path.GetTempPath(), $"demo-people-{Guid.NewGuid()}.json");

        Assert.Null(await SignIns.EnsureAsync(api.Database.Owner, tenant.Id, file, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(file));
    }
}
