using PLService.Api.Access;

namespace PLService.Api.Http;

internal static class WholeTenant
{
    /// <summary>What the endpoint changes concerns the whole tenant, so that a token for a part of its organizations gets 403.</summary>
    public static RouteHandlerBuilder RequireWholeTenant(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<Caller>().ReachesAll
                ? await next(context)
                : Problems.Result(403, "auth.whole_tenant_only", "This concerns the whole tenant; your token reaches only a part of its organizations."))
        .WithMetadata(new WholeTenantOnly());
}

/// <summary>Says that a token for a part of the organizations is refused; tests of access read it.</summary>
internal sealed record WholeTenantOnly;
