using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;

namespace PLService.Api.Features.Toolkits;

internal static class Authoring
{
    private const string Code = "toolkit.authors_only";

    /// <summary>
    /// Toolkits are the whole tenant's, and written by its agency admins and by machines: who may work through one may not rewrite it for everybody.
    /// </summary>
    public static RouteHandlerBuilder RequireAuthor(this RouteHandlerBuilder endpoint) => endpoint
        .RequireWholeTenant()
        .AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<Caller>() is { Grants: { } grants }
            && !grants.Any(grant => grant is { Role: Role.AgencyAdmin, OrganizationId: null })
                ? Problems.Result(403, Code, "Toolkits are written by agency admins of the whole tenant.")
                : await next(context))
        .Fails(403, Code, "The caller lacks the scope toolkits:write, does not reach the whole tenant, or is a person and no agency admin of it.");
}
