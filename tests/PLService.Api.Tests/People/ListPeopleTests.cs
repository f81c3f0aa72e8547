using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class ListPeopleTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_person_is_on_exactly_one_page_in_the_order_of_names()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        string[] names = ["Ada", "ADA", "ada", "Élan", "élan", "Ñandú", "Straße", "İzmir", "北京"];
        await tenant.StoredAsync(async db =>
        {
            // More than one of each name: the id decides among them.
            for (var n = 0; n < 45; n++)
                db.Add(Person.Create(new(names[n % names.Length])));
            return await db.SaveChangesAsync();
        });
        var expected = await tenant.StoredAsync(db => db.Database.SqlQuery<Guid>($"""select id as "Value" from pls.person where tenant_id = {tenant.Id} order by lower(name), id""").ToListAsync());

        foreach (var limit in new[] { 1, 7, 44, 45, 500 })
        {
            var read = new List<Guid>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await client.ReadAsync($"/v1/people?limit={limit}{cursor}");
                read.AddRange(page["items"]!.AsArray().Select(p => p!.AsObject().Id()));
                cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
            }

            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task Each_filter_narrows_and_all_of_them_go_together()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var school = (await client.CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", parentId = north })).Id();
        var ada = await client.CreateAsync("/v1/people", new { name = "Ada", email = "a.moreno@example.org", organizationId = school, employeeGroup = "certificated" });
        var ben = await client.AddPersonAsync("Ben 50%_x", south);
        await client.AddPersonAsync("Cem", north);
        await client.GiveRoleAsync(ben.Id(), "viewer", school);
        await client.GiveRoleAsync(ben.Id(), "facilitator", south);
        await client.GiveRoleAsync(ada.Id(), "participant", school);
        await (await client.TurnAsync(ada.Id(), "deactivate")).ExpectAsync(System.Net.HttpStatusCode.OK);

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("", ["Ada", "Ben 50%_x", "Cem"]),
            ("?q=MORENO", ["Ada"]),
            ("?q=50%25_", ["Ben 50%_x"]),
            ("?q=%25%25", []),
            ($"?organizationId={north}", ["Cem"]),
            ($"?withinOrganizationId={north}", ["Ada", "Ben 50%_x", "Cem"]),
            ($"?withinOrganizationId={south}", ["Ben 50%_x"]),
            ("?role=viewer", ["Ben 50%_x"]),
            ($"?role=facilitator&withinOrganizationId={north}", []),
            ($"?role=viewer&withinOrganizationId={north}", ["Ben 50%_x"]),
            ("?employeeGroup=certificated", ["Ada"]),
            ("?status=active", ["Ben 50%_x", "Cem"]),
            ($"?status=deactivated&role=participant&withinOrganizationId={school}&q=ad", ["Ada"]),
        })
            Assert.Equal(expected, (await client.ReadAsync($"/v1/people{query}")).Names());
        Assert.Equal(2, (long)(await client.ReadAsync("/v1/people?status=active&limit=1&count=true"))["count"]!);
    }

    [Fact]
    public async Task A_subtree_sees_its_own_people_and_guests_with_the_roles_that_hold_there()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var own = await client.AddPersonAsync("Own", north);
        var guest = await client.AddPersonAsync("Guest", south);
        await client.AddPersonAsync("Stranger", south);
        await client.GiveRoleAsync(guest.Id(), "viewer", north);
        await client.GiveRoleAsync(guest.Id(), "facilitator", south);
        await client.GiveRoleAsync(own.Id(), "agencyAdmin");

        var seen = await tenant.Within(north).ReadAsync("/v1/people");

        Assert.Equal(["Guest", "Own"], seen.Names());
        Assert.Equal(["North"], seen["items"]![0]!["memberships"]!.AsArray().Select(m => (string?)m!["organizationName"]));
        Assert.Empty(seen["items"]![1]!["memberships"]!.AsArray());
        // A filter tells nothing of roles that are not shown.
        Assert.Empty((await tenant.Within(north).ReadAsync("/v1/people?role=facilitator")).Names());
        Assert.Empty((await tenant.Within(north).ReadAsync("/v1/people?role=agencyAdmin")).Names());
        Assert.Empty((await (await api.NewTenantAsync()).Everything().ReadAsync("/v1/people")).Names());
    }

    [Fact]
    public async Task Reading_leaves_one_row_in_the_trail_and_what_was_searched_for_stays_out_of_it()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var ada = await client.AddPersonAsync("Ada Moreno", north);

        await client.ReadAsync($"/v1/people?q=Moreno&withinOrganizationId={north}");
        await client.ReadAsync("/v1/people?q=Nobody");
        await client.ReadAsync($"/v1/people/{ada.Id()}");

        Assert.Equal(["person.created", "person.listed", "person.read"], await tenant.ActionsAsync());
        var listed = await tenant.StoredAsync(db => db.AuditEvents.SingleAsync(e => e.Action == "person.listed"));
        Assert.Equal((north, north), (listed.OrganizationId, listed.ResourceId));
        Assert.DoesNotContain("Moreno", listed.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"people\": 1", listed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=501", "?limit", "value.out_of_range")]
    [InlineData("cursor=WyJhIiwiYiJd", "?cursor", "cursor.unknown")]
    [InlineData("q=x", "?q", "value.length")]
    [InlineData("role=king", "?role", "query.bad_value")]
    [InlineData("name=xx", "?name", "query.unknown_parameter")]
    public async Task A_question_that_is_not_understood_is_refused(string query, string pointer, string code) =>
        await (await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Get, $"/v1/people?{query}")).ExpectFaultAsync(pointer, code);
}
