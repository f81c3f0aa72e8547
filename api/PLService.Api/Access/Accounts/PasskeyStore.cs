using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Accounts;

/// <summary>
/// Where ASP.NET Core Identity finds accounts and passkeys while it checks what an authenticator says. It only reads here: what is registered or
/// used is written by the slices, with everything else of the same unit of work.
/// </summary>
internal sealed class PasskeyStore(PLServiceDbContext db) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PersonId.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        db.People.Where(person => person.Id == user.PersonId).Select(person => person.Email).SingleOrDefaultAsync(cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var personId) ? Active().SingleOrDefaultAsync(account => account.PersonId == personId, cancellationToken) : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Active().SingleOrDefaultAsync(
        account => db.People.Any(person => person.Id == account.PersonId && person.EmailKey == Sql.Lower(normalizedUserName)), cancellationToken);

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        db.Accounts.SingleOrDefaultAsync(account => db.Passkeys.Any(key => key.PersonId == account.PersonId && key.CredentialId == credentialId), cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.SingleOrDefaultAsync(key => key.PersonId == user.PersonId && key.CredentialId == credentialId, cancellationToken) is { } found ? Show(found) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        (await db.Passkeys.Where(key => key.PersonId == user.PersonId).ToListAsync(cancellationToken)).ConvertAll(Show);

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw ReadsOnly();

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private IQueryable<Account> Active() =>
        db.Accounts.Where(account => db.People.Any(person => person.Id == account.PersonId && person.Status == PersonStatus.Active));

    private static UserPasskeyInfo Show(Passkey key) => new(
        key.CredentialId, key.PublicKey, key.CreatedAt, (uint)key.SignCount, key.Transports, key.IsUserVerified, key.IsBackupEligible, key.IsBackedUp, key.AttestationObject, key.ClientData)
    {
        Name = key.Name,
    };

    private static NotSupportedException ReadsOnly() => new("Accounts and passkeys are written by the slices.");
}
