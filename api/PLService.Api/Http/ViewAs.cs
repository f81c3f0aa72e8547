using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Http;

/// <summary>
/// Lets an agency admin see what a role sees: with the header <c>PLService-View-As: facilitator</c>, or <c>facilitator@{organization}</c>, a request that
/// reads is answered as if the admin had that role, and no other, wherever the admin is one, or in that organization. It is still the admin
/// who calls, never another person, and nothing can be changed meanwhile.
/// </summary>
internal sealed class ViewAs(RequestDelegate next)
{
    public const string Header = "PLService-View-As";

    public async Task InvokeAsync(HttpContext context, Caller caller)
    {
        var wanted = context.Request.Headers[Header].ToString();
        if (wanted.Length > 0 && await RefuseAsync(context, caller, wanted))
            return;
        await next(context);
    }

    private static async Task<bool> RefuseAsync(HttpContext context, Caller caller, string wanted)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return await RefuseAsync(context, 403, "auth.view_as_reads_only", $"With {Header} one can only read.");
        if (!TryRead(wanted, out var role, out var organizationId))
        {
            return await RefuseAsync(context, 400, "auth.bad_view_as",
                $"{Header} takes a role ({string.Join(", ", Enum.GetValues<Role>().Select(EnumText.Of))}), and after an @ the id of an organization; found '{wanted}'.");
        }

        var places = context.Features.Get<IReadOnlyList<Grant>>()?.Where(grant => grant.Role is Role.AgencyAdmin).ToList() ?? [];
        if (places.Count == 0)
            return await RefuseAsync(context, 403, "auth.view_as_admins_only", "Only agency admins can view as another role.");

        Become(context, caller, [.. places.Select(place => place with { Role = role })]);
        if (organizationId is not { } organization)
            return false;
        if (!await ReachesAsync(context, caller, places, organization))
            return await RefuseAsync(context, 404, "organization.not_found", "There is no such organization below one that you are an agency admin of.");
        Become(context, caller, [new Grant(role, organization)]);
        return false;
    }

    private static void Become(HttpContext context, Caller caller, IReadOnlyList<Grant> grants)
    {
        var person = CallerIdentity.Person(caller.TenantId, caller.PersonId!.Value, caller.SessionId);
        caller.Become(PersonGrants.Narrow(person, grants, context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope));
        context.User = PersonGrants.PrincipalOf(grants);
        context.Features.Set(grants);
    }

    private static Task<bool> ReachesAsync(HttpContext context, Caller caller, IReadOnlyList<Grant> places, Guid organization)
    {
        var db = context.RequestServices.GetRequiredService<PLServiceDbContext>();
        var roots = places.Select(place => place.OrganizationId).ToList();
        return roots.Contains(null)
            ? db.Organizations.AnyAsync(o => o.Id == organization, context.RequestAborted)
            : db.OrganizationClosure.AnyAsync(c => roots.Contains(c.AncestorId) && c.DescendantId == organization, context.RequestAborted);
    }

    private static bool TryRead(string text, out Role role, out Guid? organizationId)
    {
        var (name, at, place) = text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var index ? (text[..index], true, text[(index + 1)..]) : (text, false, "");
        organizationId = Guid.TryParse(place, out var id) ? id : null;
        role = Array.Find(Enum.GetValues<Role>(), known => EnumText.Of(known) == name);
        return EnumText.Of(role) == name && at == organizationId is not null;
    }

    private static async Task<bool> RefuseAsync(HttpContext context, int status, string code, string detail)
    {
        await Problems.WriteAsync(context, status, code, detail);
        return true;
    }
}
