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

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    public string Issue(CallerIdentity client)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = client.ApiClientId!.Value.ToString(),
            ["client_id"] = client.ApiClientId.Value.ToString(),
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["scope"] = string.Join(' ', client.Scopes.Order(StringComparer.Ordinal)),
            [TenantClaim] = client.TenantId.ToString(),
        };
        if (client.OrganizationId is { } organization)
            claims[OrganizationClaim] = organization.ToString();

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            TokenType = Type,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(LifetimeSeconds),
            Claims = claims,
            SigningCredentials = keys.Current,
        });
    }

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
        if (!Guid.TryParse(claims.FindFirst(TenantClaim)?.Value, out var tenant) || !Guid.TryParse(claims.FindFirst("client_id")?.Value, out var client))
            return null;
        var organization = claims.FindFirst(OrganizationClaim)?.Value;
        if (organization is not null && !Guid.TryParse(organization, out _))
            return null;

        var scopes = claims.FindFirst("scope")?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new(tenant, client, organization is null ? null : Guid.Parse(organization), scopes.ToHashSet(StringComparer.Ordinal));
    }
}
