using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

public sealed class SearchStandardsTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Words_are_found_in_any_case_with_or_without_accents_and_each_must_occur()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        await client.AddStandardAsync("cedar", "A", statement: "Équipes éducatives apprennent ensemble 100% du temps.");
        await client.AddStandardAsync("cedar", "B", statement: "Teams learn together.");
        await client.CreateAsync("/v1/frameworks/cedar/standards", new { code = "C", statement = "Something else.", notes = "About TEAMS." });

        Assert.Equal(["A"], await FindAsync(client, "q=equipes EDUCATIVES&framework=cedar"));
        Assert.Equal(["A"], await FindAsync(client, "q=ÉQUIPES&framework=cedar"));
        Assert.Equal(["B", "C"], await FindAsync(client, "q=Téams&framework=cedar"));
        Assert.Equal(["B"], await FindAsync(client, "q=together teams&framework=cedar"));
        Assert.Equal(["A"], await FindAsync(client, "q=100%25&framework=cedar"));
        Assert.Empty(await FindAsync(client, "q=1_0&framework=cedar"));
    }

    [Fact]
    public async Task Codes_are_found_whole_or_by_their_beginning_and_what_has_the_code_comes_first()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var shipped = await api.AddToCatalogAsync($"s{Guid.NewGuid():N}"[..12]);
        await client.AddStandardAsync("cedar", "X", statement: "It speaks of le.a too.");
        await client.AddStandardAsync("cedar", "LE.A.1");
        await client.AddStandardAsync("cedar", "LE.A");
        await client.CreateAsync("/v1/frameworks/cedar/standards", new { code = "T", statement = "s", itemType = "Element" });

        Assert.Equal(["LE.A", "LE.A.1", "X"], await FindAsync(client, "q=le.a"));
        Assert.Equal(["LE.A"], await FindAsync(client, "code=le.a"));
        Assert.Equal(["LE.A.1", "LE.A"], await FindAsync(client, "code=le.a*"));
        Assert.Equal(["T"], await FindAsync(client, "itemType=element&framework=cedar"));
        Assert.Equal(["A"], await FindAsync(client, $"code=A&framework={shipped.Framework}"));
        var first = await client.ReadAsync("/v1/standards?q=le.a&limit=2&count=true");
        Assert.Equal(["X"], (await client.ReadAsync($"/v1/standards?q=le.a&limit=2&cursor={first["nextCursor"]}")).Codes());
        Assert.Equal(3, (int)first["count"]!);
    }

    [Fact]
    public async Task A_former_name_is_found_and_told_and_a_day_of_then_finds_what_held_then()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync("lf");
        var standard = await client.AddStandardAsync("lf", "EQD", statement: "Equity Drivers");
        await client.PublishFrameworkAsync("lf");
        await client.ChangeAsync(standard, new { code = "LDR", label = "Drivers", statement = "Learning Drivers" });
        await api.ExecuteAsync(tenant.Id, "update pls.standard_name set valid_to = '2024-02-08'");

        var found = (await client.ReadAsync("/v1/standards?q=equity&framework=lf"))["items"]!.AsArray().Single()!;

        Assert.Equal(("LDR", "EQD", "2024-02-08"), ((string?)found["code"], (string?)found["matchedName"]!["code"], (string?)found["matchedName"]!["validTo"]));
        Assert.Null((await client.ReadAsync("/v1/standards?q=learning&framework=lf"))["items"]![0]!["matchedName"]);
        Assert.Equal(["LDR"], await FindAsync(client, "code=eqd&framework=lf"));
        Assert.Equal(["LDR"], await FindAsync(client, "q=equity&asOf=2024-02-07&framework=lf"));
        Assert.Empty(await FindAsync(client, "q=equity&asOf=2024-02-08&framework=lf"));
        Assert.Empty(await FindAsync(client, "q=learning&asOf=2024-02-07&framework=lf"));
        await client.ChangeAsync(standard, new { statusEndDate = "2026-06-30" });
        Assert.Equal(["LDR"], await FindAsync(client, "q=learning&asOf=2026-06-30&framework=lf"));
        Assert.Empty(await FindAsync(client, "q=learning&asOf=2026-07-01&framework=lf"));
    }

    [Theory]
    [InlineData("q=x", "?q", "value.length")]
    [InlineData("q=%20%20%20", "?q", "value.invalid")]
    [InlineData("framework=No%20Code", "?framework", "value.pattern")]
    [InlineData("asOf=yesterday", "?asOf", "query.bad_value")]
    [InlineData("cursor=WyJhIiwiYiJd", "?cursor", "cursor.unknown")]
    public async Task A_question_that_is_not_understood_is_refused(string query, string pointer, string code) =>
        await (await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Get, $"/v1/standards?{query}")).ExpectFaultAsync(pointer, code);

    private static async Task<IEnumerable<string?>> FindAsync(HttpClient client, string query) => (await client.ReadAsync($"/v1/standards?{query}")).Codes();
}
