using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Access.Accounts;

/// <summary>Hashes passwords as ASP.NET Core Identity does (PBKDF2 with HMAC-SHA-512), in normalization form C.</summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>As many as OWASP asks for; a stored hash says with how many it was made.</summary>
    private const int Iterations = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    // It is made to be slow: guesses must not take every processor from everybody else.
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));

    public Task<string> HashAsync(string password, CancellationToken ct) => RunAsync(() => _hasher.HashPassword(null!, Nfc.Of(password)), ct);

    /// <summary>Whether it is the password. Where there is none to compare it with, that takes as long.</summary>
    public Task<bool> IsRightAsync(string? hash, string password, CancellationToken ct) => RunAsync(
        () => _hasher.VerifyHashedPassword(null!, hash ?? _nobodys.Value, Nfc.Of(password)) is not PasswordVerificationResult.Failed && hash is not null, ct);

    public void Dispose() => _places.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return work();
        }
        finally
        {
            _places.Release();
        }
    }
}
