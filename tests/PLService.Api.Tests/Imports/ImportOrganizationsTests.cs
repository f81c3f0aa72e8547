using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Organizations;

namespace PLService.Api.Tests.Imports;

/// <summary>The tree comes in by file: rows in any order, and what is stored is whole and as the file says.</summary>
public sealed class ImportOrganizationsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Query = "kind=organizations&organizationIdSystem=nces";
    private const string Header = "organization_id,name,kind,parent_id,closed_on,successor_id\n";

    [Fact]
    public async Task Rows_may_stand_in_any_order_and_the_same_file_again_changes_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rows = new List<string> { "EX,State,state,,," };
        for (var d = 0; d < 8; d++)
        {
            rows.Add($"0{d},District {d},district,EX,,");
            rows.AddRange(Enumerable.Range(0, 10).Select(s => $"0{d}0{s},School {d}.{s},school,0{d},,"));
        }

        var shuffled = rows.ToArray();
        new Random(12).Shuffle(shuffled);
        var text = Header + string.Join('\n', shuffled) + "\n";

        var made = await client.ReceiptAsync(Query, text);
        var before = await VersionsAsync(tenant);
        var again = await client.ReceiptAsync(Query, text);

        Assert.Equal(($"{rows.Count}/0/0", $"0/0/{rows.Count}"), (made.Of("organizations"), again.Of("organizations")));
        Assert.Equal(before, await VersionsAsync(tenant));
        Assert.Equal(rows.Select(r => string.Join(',', r.Split(',')[..4])).Order(StringComparer.Ordinal), (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Known_ones_are_renamed_moved_and_closed_and_absent_ones_left_alone()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, Header + "EX,State,state,,,\n1,One,district,EX,,\n2,Two,district,EX,,\n11,School,school,1,,\n12,Other,school,1,,\n");

        var receipt = await client.ReceiptAsync(Query, Header + "11,Renamed,,2,,\n1,,,,2026-06-30,2\n2,,,,,\n");
        var again = await client.ReceiptAsync(Query, Header + "11,Renamed,,2,,\n1,,,,2026-06-30,2\n2,,,,,\n");

        Assert.Equal(("0/2/1", "0/0/3"), (receipt.Of("organizations"), again.Of("organizations")));
        Assert.Equal(["1,One,district,EX", "11,Renamed,school,2", "12,Other,school,1", "2,Two,district,EX", "EX,State,state,"], (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        var ids = await IdsAsync(tenant);
        var closed = await tenant.StoredAsync(db => db.Organizations.SingleAsync(o => o.Id == ids["1"]));
        Assert.Equal((OrganizationStatus.Closed, new DateOnly(2026, 6, 30), ids["2"]), (closed.Status, closed.ClosedOn, closed.SuccessorId));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Theory]
    [InlineData("B,,,EX,,\nA,,,B,,\n")]
    [InlineData("A,,,B,,\nB,,,EX,,\n")]
    public async Task Two_that_change_places_may_do_so_in_any_order(string rows)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, Header + "EX,State,state,,,\nA,A,district,EX,,\nB,B,district,A,,\n");

        var receipt = await client.ReceiptAsync(Query, Header + rows);

        Assert.Equal("0/2/0", receipt.Of("organizations"));
        Assert.Equal(["A,A,district,B", "B,B,district,EX", "EX,State,state,"], (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task A_ring_of_parents_an_unknown_parent_and_what_hangs_on_them_are_left_out_and_the_rest_is_taken()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, Header + "EX,State,state,,,\nold,Old,school,EX,,\n");
        var text = Header
            + "a,A,district,c,,\nb,B,district,a,,\nc,C,district,b,,\n"
            + "d,D,school,b,,\n"
            + "e,E,school,nowhere,,\nf,F,school,e,,\n"
            + "old,,,a,,\n"
            + "g,G,school,EX,2026-01-01,a\n"
            + "h,H,school,EX,,\n";

        var refused = await client.RefusedAsync(Query, text, "import.rows_rejected");
        Assert.Equal(2, (await TreeAsync(tenant)).Count);
        var taken = await client.ReceiptAsync(Query + "&onError=skip", text);

        var issues = await client.IssuesAsync(refused.Id());
        Assert.Equal(
            ["2 organization.cycle", "3 organization.cycle", "4 organization.cycle", "5 organization.cycle", "6 import.unknown_organization", "7 import.unknown_organization", "8 import.unknown_organization", "9 import.unknown_organization"],
            issues.Select(i => i.Split(' ')).Select(i => $"{i[2]} {i[1]}").Order(StringComparer.Ordinal));
        Assert.Equal(("9=1+8", "1/0/0"), (taken.Records(), taken.Of("organizations")));
        Assert.Equal(["EX,State,state,", "h,H,school,EX", "old,Old,school,EX"], (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Existing_ones_that_would_stand_in_a_ring_are_refused_whole()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, Header + "EX,State,state,,,\nA,A,district,EX,,\nB,B,district,EX,,\n");

        await client.RefusedAsync(Query, Header + "A,,,B,,\nB,Renamed,,A,,\n", "organization.cycle");

        Assert.Equal(["A,A,district,EX", "B,B,district,EX", "EX,State,state,"], (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task A_client_of_a_subtree_plants_below_it_and_neither_roots_nor_elsewhere()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.Everything().ReceiptAsync(Query, Header + "EX,State,state,,,\n1,One,district,EX,,\n2,Two,district,EX,,\n");
        var one = tenant.Within((await IdsAsync(tenant))["1"]);

        var import = await one.ImportAsync(Query + "&onError=skip", Header + "root,Root,state,,,\n21,Foreign,school,2,,\n2,Renamed,,,,\n1,,,EX,,\n11,Mine,school,1,,\n");

        Assert.Equal("5=1+4", import["receipt"]!.AsObject().Records());
        Assert.Equal(["1,One,district,EX", "11,Mine,school,1", "2,Two,district,EX", "EX,State,state,"], (await TreeAsync(tenant)).Order(StringComparer.Ordinal));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task A_long_chain_is_cut_where_the_tree_is_too_deep()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var text = new StringBuilder(Header);
        for (var i = Organization.MaxDepth + 1; i >= 0; i--)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"n{i},N{i},other,{(i == 0 ? "" : $"n{i - 1}")},{(i > Organization.MaxDepth ? "2026-01-01" : "")},\n");

        var receipt = await client.ReceiptAsync(Query + "&onError=skip", text.ToString());

        Assert.Equal(($"{Organization.MaxDepth + 2}={Organization.MaxDepth}+2", $"{Organization.MaxDepth}/0/0"), (receipt.Records(), receipt.Of("organizations")));
        await tenant.AssertTreeIsWholeAsync();
    }

    private static Task<Dictionary<string, Guid>> IdsAsync(TestTenant tenant) => tenant.StoredAsync(db => db.OrganizationIdentifiers.ToDictionaryAsync(i => i.Value, i => i.OrganizationId));

    private static Task<List<string>> VersionsAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.Organizations.OrderBy(o => o.Id).ToListAsync()).ConvertAll(o => $"{o.Id} {o.Version} {o.UpdatedAt:O}"));

    /// <summary>Each organization as a row of the file says it.</summary>
    private static Task<List<string>> TreeAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
    {
        var names = await db.OrganizationIdentifiers.ToDictionaryAsync(i => i.OrganizationId, i => i.Value);
        return (await db.Organizations.ToListAsync())
            .ConvertAll(o => $"{names[o.Id]},{o.Name},{o.Kind.ToString().ToLowerInvariant()},{(o.ParentId is { } parent ? names[parent] : "")}");
    });
}
