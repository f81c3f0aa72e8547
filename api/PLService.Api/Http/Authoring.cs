using PLService.Api.Access;
using PLService.Api.Domain.People;

namespace PLService.Api.Http;

internal static class Authoring
{
    private const string Code = "auth.authors_only";

    /// <summary>
    /// What the endpoint changes is a document of the whole tenant that everybody works by: it is written by agency admins of the tenant and by machines that
    /// reach all of it, and not by whoever may write plans somewhere.
    /// </summary>
    public static RouteHandlerBuilder RequireTenantAuthor(this RouteHandlerBuilder endpoint) => endpoint
        .RequireWholeTenant()
        .AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<Caller>() is { Grants: { } grants } && !grants.Any(grant => grant is { Role: Role.AgencyAdmin, OrganizationId: null })
                ? Problems.Result(403, Code, "This is written by agency admins of the whole tenant.")
                : await next(context))
        .Fails(403, Code, "The caller lacks the scope, does not reach the whole tenant, or is a person and no agency admin of it.");
}
