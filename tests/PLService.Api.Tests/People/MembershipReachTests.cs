using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

/// <summary>Nobody gives, changes or takes what they do not have themselves in that place.</summary>
public sealed class MembershipReachTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_district_lead_gives_what_a_district_lead_has_and_only_in_the_district()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var teacher = await lead.AddPersonAsync("Teacher", north);
        var school = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", parentId = north })).Id();

        foreach (var role in new[] { "districtLead", "facilitator", "reviewer", "participant", "viewer" })
            await lead.GiveRoleAsync(teacher.Id(), role, school);
        foreach (var (role, place) in new (string, Guid?)[] { ("agencyAdmin", north), ("agencyAdmin", school), ("viewer", south), ("viewer", null), ("districtLead", null) })
            await (await lead.GiveAsync(teacher.Id(), role, place)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");

        Assert.Equal(6, await tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)));
    }

    [Fact]
    public async Task What_one_has_elsewhere_does_not_count_there()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var both = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, north), (Role.DistrictLead, south)));
        var teacher = await both.AddPersonAsync("Teacher", north);

        await both.GiveRoleAsync(teacher.Id(), "agencyAdmin", north);
        await (await both.GiveAsync(teacher.Id(), "agencyAdmin", south)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
        await both.GiveRoleAsync(teacher.Id(), "districtLead", south);
    }

    [Fact]
    public async Task A_role_beyond_ones_own_is_neither_changed_nor_taken()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var everything = tenant.Everything();
        var other = await everything.AddPersonAsync("Other", north);
        var admin = await everything.GiveRoleAsync(other.Id(), "agencyAdmin", north);
        var all = await everything.GiveRoleAsync(other.Id(), "viewer");
        var elsewhere = await everything.GiveRoleAsync(other.Id(), "viewer", south);

        foreach (var (membership, status, code) in new[]
        {
            (admin, HttpStatusCode.Conflict, "membership.beyond_your_reach"),
            (all, HttpStatusCode.NotFound, "membership.not_found"),
            (elsewhere, HttpStatusCode.NotFound, "membership.not_found"),
        })
        {
            await (await lead.SendJsonAsync(HttpMethod.Put, $"/v1/memberships/{membership.Id()}", new { endsOn = "2021-01-01" }, "*")).ExpectProblemAsync(status, code);
            await (await lead.SendJsonAsync(HttpMethod.Delete, $"/v1/memberships/{membership.Id()}", null, "*")).ExpectProblemAsync(status, code);
        }

        await (await lead.GetAsync($"/v1/memberships/{all.Id()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "membership.not_found");
        Assert.Equal(3, await tenant.StoredAsync(db => db.Memberships.CountAsync(m => m.PersonId == other.Id() && m.Version == 1, Ct)));
    }

    [Fact]
    public async Task A_machine_gives_no_more_than_its_scopes()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.Everything().AddPersonAsync("Ada", north);
        var small = tenant.Only([Scopes.PeopleRead, Scopes.PeopleWrite, .. Roles.ScopesOf(Role.Participant)]);

        await small.GiveRoleAsync(person.Id(), "participant", north);
        await (await small.GiveAsync(person.Id(), "viewer", north)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
        var within = tenant.Within(north);
        await within.GiveRoleAsync(person.Id(), "agencyAdmin", north);
        await (await within.GiveAsync(person.Id(), "viewer", south)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
        await (await within.GiveAsync(person.Id(), "viewer")).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
    }

    [Fact]
    public async Task The_last_who_administers_the_tenant_is_not_taken_by_a_person()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        // One that is over, one that has not begun, one of somebody who is out and one of a district do not count.
        var only = await tenant.NewPersonAsync((Role.AgencyAdmin, null), (Role.Viewer, null));
        var (over, soon, gone) = (await tenant.NewPersonAsync(), await tenant.NewPersonAsync(), await tenant.NewPersonAsync((Role.AgencyAdmin, null)));
        await tenant.NewPersonAsync((Role.AgencyAdmin, north));
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await tenant.StoredAsync(async db =>
        {
            db.AddRange(Membership.Create(over.Id, Role.AgencyAdmin, null, endsOn: today.AddDays(-2)), Membership.Create(soon.Id, Role.AgencyAdmin, null, startsOn: today.AddDays(2)));
            return await db.SaveChangesAsync(Ct);
        });
        await (await tenant.Everything().TurnAsync(gone.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        var me = tenant.As(only);
        var mine = await tenant.StoredAsync(db => db.Memberships.Where(m => m.PersonId == only.Id).ToDictionaryAsync(m => m.Role, m => $"/v1/memberships/{m.Id}", Ct));

        foreach (var attempt in new Func<Task<HttpResponseMessage>>[]
        {
            () => me.TurnAsync(only.Id, "deactivate"),
            () => me.SendJsonAsync(HttpMethod.Delete, mine[Role.AgencyAdmin], null, "*"),
            () => me.SendJsonAsync(HttpMethod.Put, mine[Role.AgencyAdmin], new { endsOn = today.AddDays(-1) }, "*"),
            () => me.SendJsonAsync(HttpMethod.Put, mine[Role.AgencyAdmin], new { endsOn = today.AddYears(1) }, "*"),
            () => me.SendJsonAsync(HttpMethod.Put, mine[Role.AgencyAdmin], new { startsOn = today.AddDays(1) }, "*"),
        })
            await (await attempt()).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.last_admin");
        Assert.Equal(PersonStatus.Active, await tenant.StoredAsync(db => db.People.Where(p => p.Id == only.Id).Select(p => p.Status).SingleAsync(Ct)));

        await (await me.SendJsonAsync(HttpMethod.Delete, mine[Role.Viewer], null, "*")).ExpectAsync(HttpStatusCode.NoContent);
        await (await me.SendJsonAsync(HttpMethod.Put, mine[Role.AgencyAdmin], new { startsOn = today.AddDays(-1) }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Delete, mine[Role.AgencyAdmin], null, "*")).ExpectAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_last_who_administers_the_tenant_is_not_deleted_by_a_person()
    {
        var tenant = await api.NewTenantAsync();
        var (last, lead) = (await tenant.NewPersonAsync((Role.AgencyAdmin, null)), tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, null))));

        await (await tenant.As(last).SendJsonAsync(HttpMethod.Delete, $"/v1/people/{last.Id}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.last_admin");
        await (await lead.SendJsonAsync(HttpMethod.Delete, $"/v1/people/{last.Id}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
    }

    [Fact]
    public async Task Of_two_administrators_who_take_each_other_out_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var tenant = await api.NewTenantAsync();
            var (one, two) = (await tenant.NewPersonAsync((Role.AgencyAdmin, null)), await tenant.NewPersonAsync((Role.AgencyAdmin, null)));

            var answers = await Task.WhenAll(tenant.As(one).TurnAsync(two.Id, "deactivate"), tenant.As(two).TurnAsync(one.Id, "deactivate"));

            Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.OK));
            Assert.Equal(1, await tenant.StoredAsync(db => db.People.CountAsync(p => p.Status == PersonStatus.Active, Ct)));
        }
    }
}
