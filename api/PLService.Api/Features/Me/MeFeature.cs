namespace PLService.Api.Features.Me;

internal static class MeFeature
{
    /// <summary>What concerns the person who calls, whatever the person's roles.</summary>
    public static void MapMe(this RouteGroupBuilder v1)
    {
        var me = v1.MapGroup("/me").WithTags("Me");
        GetMe.Map(me);
        ChangeMe.Map(me);
    }
}
