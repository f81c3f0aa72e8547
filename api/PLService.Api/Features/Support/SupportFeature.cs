namespace PLService.Api.Features.Support;

internal static class SupportFeature
{
    /// <summary>Support access: what a tenant grants, and how support uses it.</summary>
    public static void MapSupport(this RouteGroupBuilder v1)
    {
        var grants = v1.MapGroup("/support-grants").WithTags("Support");
        CreateSupportGrant.Map(grants);
        ListSupportGrants.Map(grants);
        GetSupportGrant.Map(grants);
        EndSupportGrant.Map(grants);
        StartSupportSession.Map(v1.MapGroup("/support-sessions").WithTags("Support").AllowAnonymous());
    }
}
