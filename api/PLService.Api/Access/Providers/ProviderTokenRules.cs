using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;

namespace PLService.Api.Access.Providers;

/// <summary>What a token of a provider has to be (RFC 9068, RFC 8725).</summary>
internal static class ProviderTokenRules
{
    private const string AccessTokenType = "at+jwt";
    private const int KeyIdMaxLength = 256;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // Claims that id tokens have and access tokens have not.
    private static readonly string[] OfIdTokens = ["at_hash", "c_hash", "s_hash"];

    /// <summary>The token taken apart, nothing of it checked; null when it is no signed token.</summary>
    public static JsonWebToken? TryRead(string token)
    {
        if (!Handler.CanReadToken(token))
            return null;
        try
        {
            var jwt = new JsonWebToken(token);
            return jwt.IsEncrypted || string.IsNullOrEmpty(jwt.Issuer) ? null : jwt;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>Everything that can be seen without a key; so that what cannot be good makes nobody fetch one.</summary>
    public static bool MayBeAccessToken(JsonWebToken jwt, TrustedProvider provider) =>
        provider.Algorithms.Contains(jwt.Alg, StringComparer.Ordinal)
        && jwt.Kid is { Length: > 0 and <= KeyIdMaxLength }
        // Whoever marks an extension as critical wants it refused where it is not known; none is known here.
        && !jwt.TryGetHeaderValue<object>("crit", out _)
        && TypeOf(jwt) is var type && provider.TokenTypes.Contains(type, StringComparer.OrdinalIgnoreCase)
        && (type == AccessTokenType || !LooksLikeIdToken(jwt));

    /// <summary>Who it is, once signature, issuer, audience and times are found right.</summary>
    public static async Task<ProviderLogin?> VerifyAsync(JsonWebToken jwt, TrustedProvider provider, ProviderKey key, TimeProvider clock)
    {
        var result = await Handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = provider.Audience,
            ValidAlgorithms = provider.Algorithms,
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = Skew,
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires is { } end && clock.GetUtcNow() < end + parameters.ClockSkew
                && (notBefore is not { } start || clock.GetUtcNow() >= start - parameters.ClockSkew),
        });
        if (!result.IsValid || jwt.Subject is not { Length: > 0 and <= PersonLogin.SubjectMaxLength } subject || subject.Contains('\0'))
            return null;

        return new(
            provider.TenantId, provider.ProviderId, subject, TextOf(jwt, provider.EmailClaim, EmailAddress.MaxLength), IsTrue(jwt, provider.EmailVerifiedClaim),
            TextOf(jwt, provider.NameClaim, Person.NameMaxLength), new DateTimeOffset(DateTime.SpecifyKind(jwt.ValidTo, DateTimeKind.Utc)));
    }

    // RFC 9068 section 4: the long form of the media type is the same type.
    private static string TypeOf(JsonWebToken jwt)
    {
        var type = (jwt.Typ ?? "").ToLowerInvariant();
        return type is "application/at+jwt" ? AccessTokenType : type;
    }

    // Where the type does not tell: an access token says what it may be used for, and is not bound to another token.
    private static bool LooksLikeIdToken(JsonWebToken jwt) =>
        Array.Exists(OfIdTokens, claim => jwt.TryGetPayloadValue<object>(claim, out _))
        || (jwt.TryGetPayloadValue<string>("typ", out var type) && string.Equals(type, "ID", StringComparison.OrdinalIgnoreCase))
        || !(jwt.TryGetPayloadValue<object>("scope", out _) || jwt.TryGetPayloadValue<object>("scp", out _));

    private static string? TextOf(JsonWebToken jwt, string claim, int maxLength) =>
        jwt.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text && text.Length <= maxLength && !text.Contains('\0') ? text.Trim() : null;

    // Some write booleans as text; nothing else is a yes.
    private static bool IsTrue(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<object>(claim, out var value) && value is true or "true" or "1";
}
