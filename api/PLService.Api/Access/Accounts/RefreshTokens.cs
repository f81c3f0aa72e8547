using System.Globalization;
using System.Security.Cryptography;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Access.Accounts;

/// <summary>What a refresh token is to its session.</summary>
internal enum RefreshStanding
{
    /// <summary>Not a token of this session at all: it ends nothing, or anybody could end it.</summary>
    Invented,
    Current,

    /// <summary>A token that was exchanged already.</summary>
    Old,
}

/// <summary>
/// A refresh token: tenant, session, which one of the session's it is, and 256 bits. The first is random; each further one is the HMAC of the one
/// before under the session's key, so that the current one can be told from an old one, and an old one from an invented one.
/// </summary>
internal sealed record RefreshToken(Guid TenantId, Guid SessionId, int Number, byte[] Secret)
{
    private const string Prefix = "plr_";

    public byte[] Hash => SHA256.HashData(Secret);

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{new SecretText(TenantId, SessionId, Secret).Write(Prefix)}.{Number}");

    public static RefreshToken? Read(string? text)
    {
        if (text?.Split('.') is not [var secret, var number] || SecretText.Read(secret, Prefix) is not { } written
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            return null;
        return new(written.TenantId, written.Id, parsed, written.Secret);
    }

    /// <summary>The token that follows.</summary>
    public RefreshToken Next(byte[] key) => this with { Number = Number + 1, Secret = HMACSHA256.HashData(key, Secret) };

    public RefreshStanding StandingIn(PersonSession session)
    {
        // One step of the chain takes a microsecond, and no session has more than ten thousand.
        if (Number > session.RefreshNumber)
            return RefreshStanding.Invented;
        var last = this;
        while (last.Number < session.RefreshNumber)
            last = last.Next(session.RefreshKey);
        return !CryptographicOperations.FixedTimeEquals(last.Hash, session.RefreshHash) ? RefreshStanding.Invented
            : Number == session.RefreshNumber ? RefreshStanding.Current
            : RefreshStanding.Old;
    }
}
