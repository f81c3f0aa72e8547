using PLService.Api.Access;
using PLService.Api.Access.Providers;

namespace PLService.Api.Features.Invitations;

/// <summary>Who accepts, as far as a token says: a person, a login that is linked to none, or nobody.</summary>
internal sealed record Acceptor(Guid? TenantId, Guid? PersonId, Guid? SessionId, ProviderLogin? Login)
{
    public bool IsSomebody => PersonId is not null || Login is not null;

    /// <summary>
    /// Who calls. The token of a machine or of a participant says nothing of the person who reads the invitation, and counts as none; one that is not
    /// valid makes nobody of somebody who believes to be signed in, and gives null.
    /// </summary>
    public static Acceptor? Of(HttpContext context, Caller caller)
    {
        var login = context.Features.Get<ProviderLogin>();
        if (caller.IsKnown)
            return caller.PersonId is not null || login is not null ? new(caller.TenantId, caller.PersonId, caller.SessionId, login) : new(null, null, null, null);
        return context.Request.Headers.Authorization.Count == 0 ? new(null, null, null, null) : null;
    }
}
