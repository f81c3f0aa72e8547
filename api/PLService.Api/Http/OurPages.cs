using PLService.Api.Access;

namespace PLService.Api.Http;

/// <summary>
/// Who may use a session that is kept in a cookie: pages of the service and of the origins in the settings. Browsers send Origin with every
/// POST, and a page cannot change it; the cookie's SameSite and the JSON that such endpoints insist on are the other two bars.
/// </summary>
internal static class OurPages
{
    /// <summary>Refuses requests whose Origin is another page's. Without an Origin it is no browser, and no cookie comes along by itself.</summary>
    public static RouteHandlerBuilder OurPagesOnly(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(async (context, next) =>
            IsOurs(context.HttpContext)
                ? await next(context)
                : Problems.Result(403, "sign_in.origin_refused", "Pages of this origin may not use sessions of the service; see Access__AllowedOrigins."))
        .Fails(403, "sign_in.origin_refused", "A page of an origin that is not allowed asks for it.");

    private static bool IsOurs(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0 ? context.Request.Cookies.Count == 0 : context.RequestServices.GetRequiredService<AccessOptions>().IsOurOrigin(origin);
    }
}
