using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class ListOrganizationsTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_organization_is_on_exactly_one_page_whatever_its_name_looks_like()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        string[] names = ["Cedar", "CEDAR", "cedar", "Élan", "élan", "ÉLAN", "Ñandú", "ñandú", "Straße", "STRASSE", "İzmir", "izmir", "北京", "100% Ready_School"];
        await tenant.StoredAsync(async db =>
        {
            // Ten and more of each name: the id decides among them.
            for (var n = 0; n < 120; n++)
            {
                var made = Api.Domain.Organizations.Organization.Create(Api.Domain.Organizations.OrganizationKind.School, names[n % names.Length], "UTC", null, null);
                db.Add(made);
                db.Add(new Api.Domain.Organizations.OrganizationClosure { AncestorId = made.Id, DescendantId = made.Id });
            }

            return await db.SaveChangesAsync();
        });
        var expected = await tenant.StoredAsync(db => db.Database.SqlQuery<Guid>($"""select id as "Value" from pls.organization where tenant_id = {tenant.Id} order by lower(name), id""").ToListAsync());

        foreach (var limit in new[] { 1, 7, 50, 119, 120, 500 })
        {
            var read = await ReadAllAsync(client, $"/v1/organizations?limit={limit}", limit);

            Assert.Equal(expected, read.Select(o => o.Id()));
        }

        Assert.Equal(120, (long)(await client.ReadAsync("/v1/organizations?limit=1&count=true"))["count"]!);
        Assert.Equal(names.Count(n => n.Contains('%')) * 8, (await ReadAllAsync(client, "/v1/organizations?name=0%25%20R&limit=3", 3)).Count);
        Assert.Equal(27, (await ReadAllAsync(client, "/v1/organizations?name=EDA&limit=10", 10)).Count);
    }

    [Theory]
    [InlineData("limit=0", "?limit", "value.out_of_range")]
    [InlineData("limit=501", "?limit", "value.out_of_range")]
    [InlineData("cursor=abc", "?cursor", "cursor.unknown")]
    [InlineData("cursor=WyJ4Il0", "?cursor", "cursor.unknown")]
    [InlineData("cursor=WyJhIiwiYiJd", "?cursor", "cursor.unknown")]
    [InlineData("name=x", "?name", "value.length")]
    [InlineData("nmae=xx", "?nmae", "query.unknown_parameter")]
    public async Task A_question_that_is_not_understood_is_refused(string query, string pointer, string code)
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Get, $"/v1/organizations?{query}");

        await response.ExpectFaultAsync(pointer, code);
    }

    [Fact]
    public async Task Ancestors_come_topmost_first_and_never_from_above_what_is_reached()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var region = await client.AddAsync("region", "North", state.Id());
        var district = await client.AddAsync("district", "Cedar", region.Id());
        var school = await client.AddAsync("school", "Elm", district.Id());
        var address = $"/v1/organizations/{school.Id()}/ancestors";

        Assert.Equal(["State", "North", "Cedar"], Names(await client.ReadAsync(address)));
        Assert.Equal(["North", "Cedar"], Names(await tenant.Within(region.Id()).ReadAsync(address)));
        Assert.Empty(Names(await tenant.Within(school.Id()).ReadAsync(address)));
    }

    [Fact]
    public async Task Descendants_are_narrowed_by_depth_and_kind_and_come_in_pages()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        foreach (var d in new[] { "B", "A" })
        {
            var district = await client.AddAsync("district", d, state.Id());
            foreach (var s in new[] { "y", "X" })
                await client.AddAsync("school", d + s, district.Id());
        }

        var address = $"/v1/organizations/{state.Id()}/descendants";

        Assert.Equal(["A", "AX", "Ay", "B", "BX", "By"], Names(await client.ReadAsync(address)));
        Assert.Equal(["A", "B"], Names(await client.ReadAsync($"{address}?depth=1")));
        Assert.Equal(["AX", "Ay", "BX", "By"], (await ReadAllAsync(client, $"{address}?kind=school&limit=3", 3)).Select(o => (string?)o["name"]));
        Assert.Equal(6, (long)(await client.ReadAsync($"{address}?count=true&limit=1"))["count"]!);
        await (await client.SendJsonAsync(HttpMethod.Get, $"{address}?depth=0")).ExpectFaultAsync("?depth", "value.out_of_range");
    }

    [Fact]
    public async Task A_subtree_sees_itself_and_what_is_below()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var (north, _) = (await client.AddAsync("region", "North", state.Id()), await client.AddAsync("region", "South", state.Id()));
        await client.AddAsync("district", "Cedar", north.Id());

        Assert.Equal(["Cedar", "North"], Names(await tenant.Within(north.Id()).ReadAsync("/v1/organizations")));
        Assert.Equal([], Names(await tenant.Within(north.Id()).ReadAsync($"/v1/organizations?parentId={state.Id()}&kind=school")));
        Assert.Empty(Names(await (await api.NewTenantAsync()).Everything().ReadAsync("/v1/organizations")));
    }

    private static IEnumerable<string?> Names(JsonObject page) => page["items"]!.AsArray().Select(o => (string?)o!["name"]);

    private static async Task<List<JsonObject>> ReadAllAsync(HttpClient client, string address, int limit)
    {
        var all = new List<JsonObject>();
        string? cursor = null;
        do
        {
            var page = await client.ReadAsync(cursor is null ? address : $"{address}&cursor={cursor}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, limit);
            all.AddRange(page["items"]!.AsArray().Select(o => o!.AsObject()));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        return all;
    }
}
