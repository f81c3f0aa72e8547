using System.Text.Json;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Features.Accounts;

/// <summary>One of your passkeys.</summary>
/// <param name="Id">The service's id, to remove it.</param>
/// <param name="Name">What you call it.</param>
/// <param name="BackedUp">Whether it is kept on several devices by who made them.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="LastUsedAt">When it last signed you in.</param>
public sealed record PasskeyResponse(Guid Id, string Name, bool BackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    internal static readonly PasskeyResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000311"), "School laptop", true, SessionResponse.Sample.CreatedAt, SessionResponse.Sample.LastUsedAt);

    internal static PasskeyResponse Of(Passkey key) => new(key.Id, key.Name, key.IsBackedUp, key.CreatedAt, key.LastUsedAt);
}

/// <summary>What a browser asks an authenticator.</summary>
/// <param name="Challenge">Send it back with what the authenticator answers, within 5 minutes.</param>
/// <param name="Options">For <c>PublicKeyCredential.parseCreationOptionsFromJSON()</c> or <c>parseRequestOptionsFromJSON()</c> (WebAuthn level 3).</param>
public sealed record PasskeyOptions(string Challenge, JsonElement Options)
{
    internal static readonly PasskeyOptions Sample = new(
        SecondFactorChallenge.Sample.Challenge, JsonSerializer.SerializeToElement(new { challenge = "p4Zv...", rpId = "pl.example.org", userVerification = "required" }));

    internal static readonly JsonElement SampleCredential = JsonSerializer.SerializeToElement(new { id = "kW9f...", type = "public-key", response = new { clientDataJSON = "eyJ0..." } });
}
