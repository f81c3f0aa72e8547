using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Places in the tree: at creation, moved, listed.</summary>
public sealed class StandardTreeTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Siblings_stand_where_they_were_put()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var b = await client.AddStandardAsync("cedar", "B");
        var c = await client.AddStandardAsync("cedar", "C");
        await client.AddStandardAsync("cedar", "A", position: 0);
        await client.AddStandardAsync("cedar", "C2", c.Id());
        await client.AddStandardAsync("cedar", "C1", c.Id(), position: 0);
        await client.AddStandardAsync("cedar", "D", position: 99);

        Assert.Equal(["A", "B", "C", "-C1", "-C2", "D"], await client.TreeAsync("cedar"));

        await (await client.MoveAsync(b, c.Id(), 1)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["A", "C", "-C1", "-B", "-C2", "D"], await client.TreeAsync("cedar"));
        var moved = await (await client.MoveAsync(c, null, 0)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["C", "-C1", "-B", "-C2", "A", "D"], await client.TreeAsync("cedar"));
        Assert.Empty(moved["ancestors"]!.AsArray());
        Assert.Equal(2, (long)moved["version"]!);
    }

    [Fact]
    public async Task A_standard_never_moves_below_itself_and_never_too_deep()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var chain = new List<JsonObject>();
        for (var level = 1; level <= FrameworkLimits.Depth; level++)
            chain.Add(await client.AddStandardAsync("cedar", $"L{level}", chain.Count > 0 ? chain[^1].Id() : null));
        var pair = await client.AddStandardAsync("cedar", "P");
        await client.AddStandardAsync("cedar", "Q", pair.Id());

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = "s", parentId = chain[^1].Id() }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.TooDeep.Code);
        await (await client.MoveAsync(pair, chain[^2].Id())).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.TooDeep.Code);
        await (await client.MoveAsync(chain[0], chain[0].Id())).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.Cycle.Code);
        await (await client.MoveAsync(chain[0], chain[5].Id())).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.Cycle.Code);
        await (await client.MoveAsync(chain[0], Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.UnknownParent.Code);
        await (await client.MoveAsync(chain[1], null, fromParentId: pair.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.NotThere.Code);
        await (await client.MoveAsync(pair, chain[^3].Id())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_comes_from_elsewhere_is_listed_whole_whatever_its_shape()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var framework = await client.AddFrameworkAsync();
        var ids = new Dictionary<string, JsonObject>();
        foreach (var code in new[] { "A", "B", "X", "O", "K", "L" })
            ids[code] = await client.AddStandardAsync("cedar", code);
        // X also stands below A and B; the parent of O is not there; K and L stand in a circle.
        await api.ExecuteAsync(tenant.Id, "delete from pls.standard_association where origin_id in ($1, $2, $3, $4)", ids["X"].Id(), ids["O"].Id(), ids["K"].Id(), ids["L"].Id());
        foreach (var (child, parent) in new[] { ("X", ids["A"].Id()), ("X", ids["B"].Id()), ("X", ids["B"].Id()), ("O", Guid.NewGuid()), ("K", ids["L"].Id()), ("L", ids["K"].Id()) })
        {
            await api.ExecuteAsync(
                tenant.Id,
                """
                insert into pls.standard_association (tenant_id, framework_id, id, type, origin_id, destination_id, position, body)
                values ($1, $2, gen_random_uuid(), 'isChildOf', $3, $4, 9, '{}')
                """,
                tenant.Id, framework.Id(), ids[child].Id(), parent);
        }

        Assert.Equal(["A", "-X", "B", "-X", "O", "K", "L"], await client.TreeAsync("cedar"));
        Assert.Equal(["A", "B", "O", "K", "L"], await client.TreeAsync("cedar", "depth=1"));
        Assert.Equal(2, (await client.ReadAsync($"/v1/standards/{ids["X"].Id()}"))["parentIds"]!.AsArray().Count);
        await (await client.MoveAsync(ids["X"], null)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.SeveralParents.Code);
        await (await client.MoveAsync(ids["X"], null, 0, ids["B"].Id())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["X", "A", "-X", "B", "O", "K", "L"], await client.TreeAsync("cedar"));
    }

    [Fact]
    public async Task Without_sequence_numbers_the_number_in_the_list_decides_and_numbers_count_as_numbers()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync();
        foreach (var number in new[] { "10", "9", "b", "a" })
            await client.CreateAsync("/v1/frameworks/cedar/standards", new { code = number, statement = "s", listEnumeration = number });
        await api.ExecuteAsync(tenant.Id, "update pls.standard_association set sequence_number = null");

        Assert.Equal(["9", "10", "a", "b"], await client.TreeAsync("cedar"));

        await client.AddStandardAsync("cedar", "new", position: 1);
        Assert.Equal(["9", "new", "10", "a", "b"], await client.TreeAsync("cedar"));
    }

    [Fact]
    public async Task Pages_of_the_tree_follow_each_other_through_changes_and_subtrees_are_read_alone()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var tops = new List<JsonObject>();
        foreach (var code in new[] { "A", "B", "C" })
        {
            tops.Add(await client.AddStandardAsync("cedar", code));
            await client.AddStandardAsync("cedar", code + "1", tops[^1].Id());
        }

        var first = await client.ReadAsync("/v1/frameworks/cedar/standards?limit=2&count=true");
        await client.AddStandardAsync("cedar", "0", position: 0);
        var second = await client.ReadAsync($"/v1/frameworks/cedar/standards?limit=3&cursor={first["nextCursor"]}");
        var last = await client.ReadAsync($"/v1/frameworks/cedar/standards?limit=3&cursor={second["nextCursor"]}");

        Assert.Equal(["A", "A1"], first.Codes());
        Assert.Equal(6, (int)first["count"]!);
        Assert.Equal(["B", "B1", "C"], second.Codes());
        Assert.Equal(["C1"], last.Codes());
        Assert.Null(last["nextCursor"]);
        Assert.Equal(["B1"], await client.TreeAsync("cedar", $"parentId={tops[1].Id()}"));
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/frameworks/cedar/standards?depth=0")).ExpectFaultAsync("?depth", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/frameworks/cedar/standards?cursor=WyJhIiwiYiJd")).ExpectFaultAsync("?cursor", "cursor.unknown");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/frameworks/nothing/standards")).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
    }

    [Fact]
    public async Task Two_moves_at_a_time_make_no_circle()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var (a, b) = (await client.AddStandardAsync("cedar", "A"), await client.AddStandardAsync("cedar", "B"));

        var answers = await Task.WhenAll(client.MoveAsync(a, b.Id()), client.MoveAsync(b, a.Id()));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(r => r.StatusCode).Order());
    }
}
