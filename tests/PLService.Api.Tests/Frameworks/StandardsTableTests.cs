using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Standards in and out as tables.</summary>
public sealed class StandardsTableTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_makes_a_framework_and_the_same_again_changes_nothing()
    {
        var tenant = await api.NewTenantAsync();
        const string Table = "\uFEFFCode;Statement;Parent code;Education levels\r\nA;\"First; of all\";;\"06;07\"\r\nA.1;=1+1;A;\r\n;Without a code;A;\r\n";

        var made = await (await SendAsync(tenant, Table, "?code=table&title=Our+table&publish=true")).ExpectAsync(HttpStatusCode.Created);
        var again = await (await SendAsync(tenant, Table, "?code=table")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal((3, 3, "Our table", "published"), ((int)made["items"]!["created"]!, (int)made["associations"]!["created"]!, (string?)made["title"], (string?)made["status"]));
        Assert.Equal((0, 3), ((int)again["changeCount"]!, (int)again["items"]!["unchanged"]!));
        var package = await tenant.Everything().ReadAsync("/v1/frameworks/table/package");
        Assert.Empty(CaseSchema.FaultsOf("CFPackage", package));
        Assert.Equal(["06", "07"], package["CFItems"]![0]!["educationLevel"]!.AsArray().Select(level => (string?)level));
        Assert.Equal((string?)package["CFItems"]![0]!["identifier"], (string?)package["CFAssociations"]![1]!["destinationNodeURI"]!["identifier"]);
    }

    [Fact]
    public async Task What_comes_out_goes_in_again_without_a_change_and_no_cell_is_a_formula()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Formulas");
        foreach (var (i, text) in new[] { "=HYPERLINK(\"x\")", "'=quoted", "-5 things, \"many\"\nlines" }.Index())
            package["CFItems"]![i]!["notes"] = text;
        await tenant.Everything().ImportAsync(package, "?code=formulas&publish=true");

        var table = await tenant.Everything().GetStringAsync("/v1/frameworks/formulas/standards.csv", Ct);

        Assert.StartsWith("identifier,code,label,statement,itemType,parentIdentifier,parentCode,sequence,language,educationLevels,subjects,notes\r\n", table, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\"", table, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await (await SendAsync(tenant, table, "?code=formulas")).ExpectAsync(HttpStatusCode.OK))["changeCount"]!);
    }

    [Fact]
    public async Task Rows_change_what_they_hold_and_leave_the_rest()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Edited");
        var id = await tenant.Everything().ImportAsync(package, "?code=edited&publish=true");

        var dry = await (await SendAsync(tenant, "code,label,parentCode,sequence\nEQ,Equity,EV,3\n", "?code=edited&dryRun=true")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((1, 1, 2), ((int)dry["items"]!["updated"]!, (int)dry["associations"]!["updated"]!, (int)dry["changeCount"]!));
        await (await SendAsync(tenant, "code,label,parentCode,sequence\nEQ,Equity,EV,3\n", "?code=edited")).ExpectAsync(HttpStatusCode.OK);

        var exported = await tenant.Everything().ReadAsync($"/v1/frameworks/{id}/package");
        var item = exported["CFItems"]![2]!;
        Assert.Equal(("Equity", "Equity drives learning.", "blue"), ((string?)item["abbreviatedStatement"], (string?)item["fullStatement"], (string?)item["extensions"]!["vendor"]!["shade"]));
        Assert.Equal(((string?)exported["CFItems"]![1]!["identifier"], 3), ((string?)exported["CFAssociations"]![2]!["destinationNodeURI"]!["identifier"], (int)exported["CFAssociations"]![2]!["sequenceNumber"]!));
        Assert.Equal(1, await tenant.StoredAsync(db => db.StandardNames.CountAsync(n => n.StandardId == item.Identifier() && n.Label == null, Ct)));
    }

    [Theory]
    [InlineData("code,sttement\nA,x\n", "/1/sttement", "case.unknown_column")]
    [InlineData("code,statement\nA,\n", "/2/statement", "case.missing")]
    [InlineData("code,statement\nA,x\nA,y\n", "/3/code", "case.duplicate")]
    [InlineData("code,statement,parentCode\nA,x,B\n", "/2/parentCode", "case.unknown")]
    [InlineData("code,statement,sequence\nA,x,first\n", "/2/sequence", "case.unknown")]
    [InlineData("identifier,statement\nA,x\n", "/2/identifier", "case.format")]
    [InlineData("code,statement,parentCode\nA,x,B\nB,y,A\n", "/CFAssociations/1", "case.circle")]
    [InlineData("code,statement\nA,\"x\n", "", "case.table")]
    [InlineData("", "", "case.table")]
    public async Task Faults_are_told_at_their_cell(string table, string pointer, string code)
    {
        var tenant = await api.NewTenantAsync();
        await (await SendAsync(tenant, table, "?code=faulty")).ExpectFaultAsync(pointer, code);
        Assert.Equal(0, await tenant.StoredAsync(db => db.Frameworks.CountAsync(f => f.TenantId == tenant.Id, Ct)));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestTenant tenant, string table, string query)
    {
        using var content = new StringContent(table, Encoding.UTF8, "text/csv");
        return await tenant.Everything().PostAsync("/v1/frameworks/import-standards" + query, content, Ct);
    }
}
