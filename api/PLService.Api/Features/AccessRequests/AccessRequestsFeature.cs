namespace PLService.Api.Features.AccessRequests;

internal static class AccessRequestsFeature
{
    public static void AddAccessRequests(this IServiceCollection services) =>
        services.AddScoped<AskerDesk>().AddScoped<DecisionDesk>().AddScoped<Granting>().AddScoped<RequestMail>();

    /// <summary>Who asks for a role, and what becomes of it: what is not listed here is not served.</summary>
    public static void MapAccessRequests(this RouteGroupBuilder v1)
    {
        var requests = v1.MapGroup("/access-requests").WithTags("Access requests");
        CreateAccessRequest.Map(requests);
        ListAccessRequests.Map(requests);
        GetAccessRequest.Map(requests);
        GrantAccessRequest.Map(requests);
        RefuseAccessRequest.Map(requests);
        WithdrawAccessRequest.Map(requests);

        var mine = v1.MapGroup("/me/access-requests").WithTags("Access requests");
        ListMyAccessRequests.Map(mine);
        GetMyAccessRequest.Map(mine);
    }
}
