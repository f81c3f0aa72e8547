using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PLService.Api.Access;

/// <summary>Issues and checks the service's own access tokens: signed JWTs of type <c>at+jwt</c> (RFC 9068).</summary>
internal sealed class Tokens(SigningKeys keys, AccessOptions options, TimeProvider clock)
{
    /// <summary>Seconds for which a token is good; revoking a client takes effect earlier, see <see cref="RevokedClients"/>.</summary>
    public const int LifetimeSeconds = 900;

    private const string Type = "at+jwt";
    private const string TenantClaim = "tenant";
    private const string OrganizationClaim = "organization";
    private const string PersonClaim = "person";
    private const string SessionClaim = "sid";
    private const string SupportClaim = "support";
    private const string OperatorClaim = "operator";
    private const string AssessmentClaim = "assessment";
    private const string ResponseClaim = "response";
    private const string ParticipationClaim = "participation";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for a machine.</summary>
    public string Issue(CallerIdentity client)
    {
        var claims = ClaimsOf(client.ApiClientId!.Value, client.TenantId);
        claims["client_id"] = client.ApiClientId.Value.ToString();
        claims["scope"] = string.Join(' ', client.Scopes.Order(StringComparer.Ordinal));
        if (client.OnlyRoot is { } organization)
            claims[OrganizationClaim] = organization.ToString();
        return Sign(claims);
    }

    /// <summary>A token for a person: it says who it is and in which session, and nothing of what the person may do, for that can change.</summary>
    public string IssuePerson(Guid tenantId, Guid personId, Guid sessionId)
    {
        var claims = ClaimsOf(personId, tenantId);
        claims[PersonClaim] = personId.ToString();
        claims[SessionClaim] = sessionId.ToString();
        return Sign(claims);
    }

    /// <summary>A token for somebody who runs the service and looks into a tenant.</summary>
    public string IssueSupport(Guid tenantId, Guid grantId, string name)
    {
        var claims = ClaimsOf(grantId, tenantId);
        claims[SupportClaim] = grantId.ToString();
        claims[OperatorClaim] = name;
        return Sign(claims);
    }

    /// <summary>
    /// A token for one response. It is kept nowhere but with the participant, and is good as long as the response is there and it has not expired:
    /// signing keys have to outlive it.
    /// </summary>
    public string IssueParticipant(Guid tenantId, ParticipantOf participant, DateTimeOffset expires)
    {
        var claims = ClaimsOf(participant.ResponseId, tenantId);
        claims[AssessmentClaim] = participant.AssessmentId.ToString();
        claims[ResponseClaim] = participant.ResponseId.ToString();
        if (participant.ParticipationId is { } participation)
            claims[ParticipationClaim] = participation.ToString();
        return Sign(claims, expires);
    }

    private static Dictionary<string, object> ClaimsOf(Guid subject, Guid tenantId) => new()
    {
        ["sub"] = subject.ToString(),
        ["jti"] = Guid.CreateVersion7().ToString(),
        [TenantClaim] = tenantId.ToString(),
    };

    private string Sign(Dictionary<string, object> claims, DateTimeOffset? expires = null)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            TokenType = Type,
            IssuedAt = now,
            NotBefore = now,
            Expires = expires?.UtcDateTime ?? now.AddSeconds(LifetimeSeconds),
            Claims = claims,
            SigningCredentials = keys.Current,
        });
    }

    /// <summary>Whether a token says that it is one of this service's, or is nothing that says anything.</summary>
    public bool IsOwn(string token) => Providers.ProviderTokenRules.TryRead(token) is not { } read || read.Issuer == options.Issuer;

    /// <summary>The caller that a token names and when it expires; null when anything about the token is wrong.</summary>
    public async Task<(CallerIdentity Identity, DateTimeOffset Expires)?> CheckAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidTypes = [Type],
            ValidAlgorithms = [SigningKeys.Algorithm],
            IssuerSigningKeys = keys.All,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires is { } end && clock.GetUtcNow() < end + parameters.ClockSkew
                && (notBefore is not { } start || clock.GetUtcNow() >= start - parameters.ClockSkew),
        });

        return result.IsValid && Read(result.ClaimsIdentity) is { } identity
            ? (identity, new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc)))
            : null;
    }

    private static CallerIdentity? Read(ClaimsIdentity claims)
    {
        if (IdOf(claims, TenantClaim) is not { } tenant)
            return null;
        if (IdOf(claims, PersonClaim) is { } person)
            return IdOf(claims, SessionClaim) is { } session ? CallerIdentity.Person(tenant, person, session) : null;
        if (IdOf(claims, SupportClaim) is { } grant)
            return claims.FindFirst(OperatorClaim) is { Value: var name } ? CallerIdentity.Support(tenant, grant, name) : null;
        if (IdOf(claims, ResponseClaim) is { } response)
        {
            return IdOf(claims, AssessmentClaim) is { } assessment
                ? CallerIdentity.Participant(tenant, new ParticipantOf(assessment, response, IdOf(claims, ParticipationClaim)))
                : null;
        }

        var organization = IdOf(claims, OrganizationClaim);
        if (IdOf(claims, "client_id") is not { } client || (organization is null && claims.HasClaim(claim => claim.Type == OrganizationClaim)))
            return null;
        var scopes = claims.FindFirst("scope")?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return CallerIdentity.Client(tenant, client, organization, scopes.ToHashSet(StringComparer.Ordinal));
    }

    private static Guid? IdOf(ClaimsIdentity claims, string type) => Guid.TryParse(claims.FindFirst(type)?.Value, out var id) ? id : null;
}
