using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Accounts;

/// <summary>Authenticator apps and the codes that stand in for one that is lost.</summary>
internal sealed class SecondFactors(PLServiceDbContext db, AuthenticatorKeys keys, TimeProvider clock)
{
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int CodeLength = 16;
    private const int GroupLength = 4;

    /// <summary>Whether this is the app's code of the moment; from now on it is spent.</summary>
    public bool TryCode(Account account, string code)
    {
        if (account.AuthenticatorKey is not { } stored || Totp.Find(keys.Open(stored), code, clock.GetUtcNow(), account.AuthenticatorStep) is not { } step)
            return false;
        if (account.NeedsSecondFactor)
            account.Spend(step);
        else
            account.ConfirmAuthenticator(step, clock.GetUtcNow());
        return true;
    }

    /// <summary>Whether this is a recovery code; from now on it is used.</summary>
    public async Task<bool> TryRecoveryCodeAsync(Account account, string code, CancellationToken ct)
    {
        var hash = Hash(code);
        if (await db.RecoveryCodes.FirstOrDefaultAsync(c => c.PersonId == account.PersonId && c.Hash == hash && c.UsedAt == null, ct) is not { } found)
            return false;
        found.Use(clock.GetUtcNow());
        return true;
    }

    /// <summary>New recovery codes in place of all that there were. The clear text is in the result and nowhere else.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Account account, CancellationToken ct)
    {
        await RemoveCodesAsync(account, ct);
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => NewCode()).ToList();
        db.AddRange(codes.Select(code => new RecoveryCode { PersonId = account.PersonId, Hash = Hash(code) }));
        return codes;
    }

    public Task RemoveCodesAsync(Account account, CancellationToken ct) => db.RecoveryCodes.Where(code => code.PersonId == account.PersonId).ExecuteDeleteAsync(ct);

    /// <summary>A new secret for an app, and how it is kept.</summary>
    public (byte[] Key, string Protected) NewKey()
    {
        var key = Totp.NewKey();
        return (key, keys.Close(key));
    }

    private static string NewCode() =>
        string.Join('-', Enumerable.Range(0, CodeLength / GroupLength).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    // However it was typed.
    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.ToLowerInvariant().Where(char.IsLetterOrDigit))));
}

/// <summary>
/// Protects the secrets of authenticator apps, which the service must be able to read, with keys that are not in the database: files in a
/// directory that all processes share, as the signing keys are. ASP.NET Core renews them by itself and keeps the old ones.
/// </summary>
internal sealed class AuthenticatorKeys(AccessOptions options)
{
    private readonly Lazy<IDataProtector> _protector = new(() => DataProtectionProvider.Create(
            new DirectoryInfo(options.ProtectionKeyDirectory.Length > 0 ? options.ProtectionKeyDirectory : Path.Combine(options.SigningKeyDirectory, "protection")),
            builder => builder.SetApplicationName("plservice"))
        .CreateProtector("authenticator"));

    public string Close(byte[] key) => Convert.ToBase64String(_protector.Value.Protect(key));

    public byte[] Open(string text) => _protector.Value.Unprotect(Convert.FromBase64String(text));
}
