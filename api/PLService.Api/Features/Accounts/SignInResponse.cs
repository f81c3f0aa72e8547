using System.Globalization;

namespace PLService.Api.Features.Accounts;

/// <summary>Where a sign-in stands.</summary>
public enum SignInStatus
{
    /// <summary>Done: the tokens are here.</summary>
    SignedIn,

    /// <summary>The password was right; a code is still to come.</summary>
    SecondFactorRequired,
}

/// <summary>How a sign-in ended, or goes on.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Tokens">What to call the service with; null while a second factor is required.</param>
/// <param name="SecondFactor">What to go on with; null when it is done.</param>
public sealed record SignInResponse(SignInStatus Status, SessionTokens? Tokens, SecondFactorChallenge? SecondFactor)
{
    internal static readonly SignInResponse Sample = new(SignInStatus.SignedIn, SessionTokens.Sample, null);
}

/// <summary>What a signed-in person's client calls the service with.</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token expires; refresh before.</param>
/// <param name="RefreshToken">The next refresh token, for clients that keep it themselves; a browser has it in a cookie and gets null.</param>
/// <param name="SessionEndsAt">When the session ends unless it is refreshed.</param>
public sealed record SessionTokens(string AccessToken, int ExpiresIn, string? RefreshToken, DateTimeOffset SessionEndsAt)
{
    internal static readonly SessionTokens Sample = new(
        "eyJhbGciOiJSUzI1NiIsImtpZCI6...", Access.Tokens.LifetimeSeconds, null, DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture));
}

/// <summary>A sign-in that needs a code.</summary>
/// <param name="Challenge">Send it to <c>POST /v1/sign-in/second-factor</c> with the code.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record SecondFactorChallenge(string Challenge, DateTimeOffset ExpiresAt)
{
    internal static readonly SecondFactorChallenge Sample = new("plt_" + new string('x', 128), SessionTokens.Sample.SessionEndsAt);
}
