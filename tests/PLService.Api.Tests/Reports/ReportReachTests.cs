using System.Net;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

/// <summary>Whose reports one gets, and what is refused.</summary>
public sealed class ReportReachTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unless_one_is_named_it_is_the_organization_of_the_token_or_the_only_root()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", state), await tree.PlaceAsync("district", "Birch", state));
        await tree.SurveyAsync(alder, edition, "fall", Greens(edition, 5, 5));
        var within = tree.Tenant.Within(alder.Id);

        Assert.Equal("State", (string?)(await tree.ReadAsync(""))["organization"]!["name"]);
        var own = await within.ReadAsync(Address(""));
        Assert.Equal(("Alder", 10), ((string?)own["organization"]!["name"], (int)own["rounds"]![0]!["n"]!));

        foreach (var outside in new[] { state, birch })
            await (await within.GetAsync(Address("", outside), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await tree.PlaceAsync("state", "Another State");
        await (await tree.Client.GetAsync(Address(""), Ct)).ExpectFaultAsync("?organizationId", "value.required");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/children")]
    [InlineData("/comparison")]
    public async Task What_is_not_there_or_not_allowed_is_refused(string report)
    {
        var tree = await TreeAsync();
        await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");

        var address = $"/v1/reports/readiness{report}";
        await (await tree.Client.GetAsync(address + "?instrument=none", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "instrument.not_found");
        await (await tree.Client.GetAsync(address + "?instrument=", Ct)).ExpectFaultAsync("?instrument", "value.required");
        Assert.Equal(HttpStatusCode.BadRequest, (await tree.Client.GetAsync(address, Ct)).StatusCode);
        if (report != "/children")
            await (await tree.Client.GetAsync(Address($"{report}?by=person"), Ct)).ExpectFaultAsync("?by", "query.bad_value");

        var others = tree.Tenant.Only([.. Scopes.All.Keys.Where(scope => scope != Scopes.ReportsRead)]);
        await (await others.GetAsync(Address(report), Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var stranger = await TreeAsync();
        await stranger.PublishAsync(ReportInstrument.Of("1.0"));
        await stranger.PlaceAsync("state", "State");
        await (await stranger.Client.GetAsync(Address(report, state), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    private async Task<SurveyTree> TreeAsync() => new(await api.NewTenantAsync());
}
