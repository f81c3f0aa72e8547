using System.Security.Claims;

namespace PLService.Api.Access;

/// <summary>What authorization knows of a caller: what kind it is, and its scopes.</summary>
internal static class Principals
{
    /// <summary>The claim with the kind of caller.</summary>
    public const string KindClaim = "caller";

    public const string Client = "client";
    public const string Person = "person";
    public const string Support = "support";

    /// <summary>Signed in with an identity provider, and linked to no person.</summary>
    public const string Login = "login";

    /// <summary>The claim of everybody who is signed in with an identity provider, linked or not.</summary>
    public const string ProviderClaim = "provider";

    public const string Participant = "participant";

    /// <summary>A person, or a login that is linked to none.</summary>
    public const string Somebody = "somebody";

    public const string ScopeClaim = "scope";

    /// <summary>The kind of a caller.</summary>
    public static string KindOf(CallerIdentity identity) =>
        identity.PersonId is not null ? Person : identity.ParticipantOf is not null ? Participant : Client;

    public static ClaimsPrincipal Of(string kind, IEnumerable<string> scopes) => new(new ClaimsIdentity(
        scopes.Select(scope => new Claim(ScopeClaim, scope)).Prepend(new Claim(KindClaim, kind)), TokenAuthentication.SchemeName));
}
