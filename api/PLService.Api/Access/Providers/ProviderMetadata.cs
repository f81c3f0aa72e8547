using System.Text.Json;
using PLService.Api.Domain.Access;

namespace PLService.Api.Access.Providers;

/// <summary>What matters of a provider's metadata (OpenID Connect Discovery 1.0).</summary>
/// <param name="KeysAddress">Where its keys are.</param>
/// <param name="Offers">What it offers, in the words of <see cref="IdentityProviderOffers"/>.</param>
internal sealed record ProviderMetadata(string KeysAddress, string[] Offers)
{
    /// <summary>Fetches them and holds them against the issuer that they should be of.</summary>
    /// <exception cref="ProviderFaultException">They are not to be had, or not right.</exception>
    public static async Task<ProviderMetadata> FetchAsync(ProviderHttp http, string issuer, CancellationToken ct)
    {
        var document = Json.Read(await http.GetAsync(AddressOf(issuer), ct));
        // Word for word: whoever could answer for another issuer could vouch for its people.
        var named = Json.Text(document, "issuer");
        if (named != issuer)
            throw new ProviderFaultException(IdentityProviderErrors.IssuerDiffers.Found($"It says '{named}', and was to be '{issuer}'."));
        if (Json.Text(document, "jwks_uri") is not { } keys)
            throw new ProviderFaultException(IdentityProviderErrors.NotUnderstood.Found("It has no jwks_uri."));
        return new(keys, [.. OffersOf(document)]);
    }

    private static string AddressOf(string issuer) => issuer.TrimEnd('/') + "/.well-known/openid-configuration";

    private static IEnumerable<string> OffersOf(JsonElement document)
    {
        if (Json.Text(document, "authorization_endpoint") is not null && Json.Texts(document, "response_types_supported")?.Contains("code") is not false)
            yield return IdentityProviderOffers.AuthorizationCode;
        if (Json.Texts(document, "code_challenge_methods_supported")?.Contains("S256") is true)
            yield return IdentityProviderOffers.PkceS256;
        if (Json.Text(document, "device_authorization_endpoint") is not null)
            yield return IdentityProviderOffers.DeviceCode;
    }
}

/// <summary>Reads JSON of which nothing is certain.</summary>
internal static class Json
{
    /// <exception cref="ProviderFaultException">It is not a JSON object.</exception>
    public static JsonElement Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ProviderFaultException(IdentityProviderErrors.NotUnderstood.Found("It is not a JSON object."));
        }
        catch (JsonException e)
        {
            throw new ProviderFaultException(IdentityProviderErrors.NotUnderstood.Found("It is not JSON."), e);
        }
    }

    public static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static IReadOnlyList<string>? Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(member => member.ValueKind is JsonValueKind.String).Select(member => member.GetString()!)]
            : null;
}
