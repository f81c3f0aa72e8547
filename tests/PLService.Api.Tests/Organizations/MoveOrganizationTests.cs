using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Reports;

namespace PLService.Api.Tests.Organizations;

public sealed class MoveOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_subtree_moves_with_all_that_is_below_it()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var (north, south) = (await client.AddAsync("region", "North", state.Id()), await client.AddAsync("region", "South", state.Id()));
        var district = await client.AddAsync("district", "Cedar", north.Id());
        var school = await client.AddAsync("school", "Elm", district.Id());

        var moved = await (await client.MoveAsync(district, south.Id())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal((south.Id(), 2L), ((Guid)moved["parentId"]!, (long)moved["version"]!));
        await tenant.AssertTreeIsWholeAsync();
        await (await tenant.Within(north.Id()).SendJsonAsync(HttpMethod.Get, $"/v1/organizations/{school.Id()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await tenant.Within(south.Id()).ReadAsync($"/v1/organizations/{school.Id()}");
        var events = await tenant.StoredAsync(db => db.AuditEvents.Where(a => a.ResourceId == district.Id()).OrderBy(a => a.Action).Select(a => new { a.Action, a.OrganizationId }).ToListAsync());
        Assert.Equal(
            [("organization.created", district.Id()), ("organization.moved", district.Id()), ("organization.movedAway", north.Id())],
            events.Select(e => (e.Action, e.OrganizationId!.Value)));
    }

    [Fact]
    public async Task Roll_ups_of_those_above_the_old_and_the_new_place_are_right_at_once()
    {
        var random = new Random(7);
        var world = new ReportWorld(api, await api.NewTenantAsync());
        var state = world.Add(null, "state", "State");
        var (north, south) = (world.Add(state, "region", "North"), world.Add(state, "region", "South"));
        var (cedar, elm) = (world.Add(north, "district", "Cedar"), world.Add(south, "district", "Elm"));
        await world.SavePlacesAsync();
        var edition = await world.SaveEditionAsync(ReportInstrument.Of("1.0"));
        await world.CloseAsync([.. new[] { cedar, elm, north }.Select(place =>
            world.Sit(place, edition, "fall", new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero), ReportInstrument.Answers(edition.Layout, 8, random)))]);
        var client = world.Tenant.Everything();

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{cedar.Id}/move", new { parentId = south.Id }, "*")).ExpectAsync(HttpStatusCode.OK);
        cedar.Parent = south;
        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{south.Id}/move", """{"parentId":null}""", "*")).ExpectAsync(HttpStatusCode.OK);
        south.Parent = null;
        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());
    }

    [Fact]
    public async Task It_becomes_a_root_and_comes_back()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var district = await client.AddAsync("district", "Cedar", state.Id());
        await client.AddAsync("school", "Elm", district.Id());

        var root = await (await client.MoveAsync(district, null)).ExpectAsync(HttpStatusCode.OK);
        await tenant.AssertTreeIsWholeAsync();
        await (await client.MoveAsync(root, state.Id())).ExpectAsync(HttpStatusCode.OK);

        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Moving_to_where_it_is_changes_nothing()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var state = await client.AddAsync("state", "State");
        var district = await client.AddAsync("district", "Cedar", state.Id());

        var moved = await (await client.MoveAsync(district, state.Id())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(district.ToJsonString(), moved.ToJsonString());
    }

    [Fact]
    public async Task It_cannot_go_below_itself()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var district = await client.AddAsync("district", "Cedar", state.Id());
        var school = await client.AddAsync("school", "Elm", district.Id());

        foreach (var parent in new[] { state, district, school })
            await (await client.MoveAsync(state, parent.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.cycle");

        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task The_tree_grows_no_deeper_than_it_may()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        Guid? above = null;
        for (var depth = 0; depth < Organization.MaxDepth - 1; depth++)
            above = (await client.AddAsync("other", $"level {depth}", above)).Id();
        var pair = await client.AddAsync("district", "Cedar");
        await client.AddAsync("school", "Elm", pair.Id());

        await (await client.MoveAsync(pair, above)).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.too_deep");

        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Both_ends_must_be_within_reach()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, south) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        var district = await client.AddAsync("district", "Cedar", north.Id());
        var stranger = await (await api.NewTenantAsync()).Everything().AddAsync("region", "Elsewhere");
        var within = tenant.Within(north.Id());

        await (await within.MoveAsync(district, south.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await within.MoveAsync(district, null)).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await client.MoveAsync(district, stranger.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await tenant.Within(south.Id()).MoveAsync(district, south.Id())).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    [Fact]
    public async Task It_needs_a_parent_to_be_named_and_the_present_version()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");
        var address = $"/v1/organizations/{made.Id()}/move";

        await (await client.SendJsonAsync(HttpMethod.Post, address, "{}", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await client.SendJsonAsync(HttpMethod.Post, address, """{"parentId":null}""")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Post, address, """{"parentId":null}""", "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task Two_moves_at_once_cannot_make_a_cycle()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        for (var round = 0; round < 12; round++)
        {
            var (one, two) = (await client.AddAsync("region", "One"), await client.AddAsync("region", "Two"));

            var answers = await Task.WhenAll(client.MoveAsync(one, two.Id()), client.MoveAsync(two, one.Id()));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        }

        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Children_that_are_added_during_a_move_come_along()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, south) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        var district = await client.AddAsync("district", "Cedar", north.Id());

        for (var round = 0; round < 6; round++)
        {
            var moving = client.MoveAsync(district, round % 2 == 0 ? south.Id() : north.Id());
            await Task.WhenAll(Enumerable.Range(0, 4).Select(n => client.AddAsync("school", $"School {round} {n}", district.Id())));
            district = await (await moving).ExpectAsync(HttpStatusCode.OK);
        }

        await tenant.AssertTreeIsWholeAsync();
    }
}
