using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class AccessRequestOperations
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static void Map(OperationMap map)
    {
        // One asks where one does not reach; another tenant has no such place.
        map.Somebodys("CreateAccessRequest", a => Task.FromResult(Post("/v1/access-requests", new { role = "participant", reason = "Why", organization = new { id = a.SchoolX } })))
            .But(Expectation.Conflict("access_request.unknown_organization"), CallerKind.LeadOfElsewhere);
        map.List("ListAccessRequests", async a =>
        {
            await NewAsync(a);
            return Get($"/v1/access-requests?limit=500&organizationId={a.DistrictX}");
        });
        // Who reads people and gives nobody a role decides nothing.
        map.Resource("GetAccessRequest", async a => Get(await NewAsync(a))).But(Expectation.NotFound, CallerKind.FacilitatorOfOwn, CallerKind.ReviewerOfOwn);
        map.Resource("GrantAccessRequest", async a => Post($"{await NewAsync(a)}/grant", new { }, "*"));
        map.Resource("RefuseAccessRequest", async a => Post($"{await NewAsync(a)}/refuse", new { note = a.Text("Note") }, "*"));
        map.OnlyOwn("WithdrawAccessRequest", async a => Post($"/v1/access-requests/{await OfLeadAsync(a)}/withdraw", null, "*")).But(Expectation.NotFound, CallerKind.Stranger);
        map.Somebodys("ListMyAccessRequests", _ => Task.FromResult(Get("/v1/me/access-requests")));
        map.OnlyOwn("GetMyAccessRequest", async a => Get($"/v1/me/access-requests/{await OfLeadAsync(a)}")).But(Expectation.NotFound, CallerKind.Stranger);
    }

    /// <summary>Somebody new asks for a role in district X.</summary>
    private static async Task<string> NewAsync(Side a)
    {
        using var client = a.Tenant.As(await a.Tenant.NewPersonAsync());
        return $"/v1/access-requests/{a.Remember(await client.CreateAsync("/v1/access-requests", new { role = "viewer", reason = a.Text("Reason"), organization = new { id = a.DistrictX } })).Id()}";
    }

    private static async Task<Guid> OfLeadAsync(Side a)
    {
        await a.Tenant.StoredAsync(db => db.AccessRequests.Where(r => r.PersonId == a.Lead.Id && r.Role == Role.AgencyAdmin)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, AccessRequestStatus.Withdrawn).SetProperty(r => r.CreatedAt, DateTimeOffset.UtcNow.AddDays(-2)), Ct));
        using var client = a.Tenant.As(a.Lead);
        return a.Remember(await client.CreateAsync("/v1/access-requests", new { role = "agencyAdmin", reason = a.Text("Reason"), organization = new { id = a.SchoolX } })).Id();
    }
}
