using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Commands.Demo;

/// <summary>Passwords for a person of every role, so that <c>make run</c> can be tried from each one's side. All have one, made for this machine.</summary>
/// <param name="Tenant">The tenant's short name.</param>
/// <param name="Password">The password of all of them.</param>
/// <param name="Emails">Their addresses, by role.</param>
internal sealed record SignIns(string Tenant, string Password, IReadOnlyDictionary<string, string> Emails)
{
    /// <summary>Those that the file names; the first time, and when the file was lost, they get a new password. Null when the story has no people yet.</summary>
    public static async Task<SignIns?> EnsureAsync(string owner, Guid tenantId, string file, CancellationToken ct)
    {
        if (File.Exists(file))
            return JsonSerializer.Deserialize<SignIns>(await File.ReadAllTextAsync(file, ct), JsonSerializerOptions.Web)!;

        var caller = new Caller();
        caller.Become(CallerIdentity.Service(tenantId));
        await using var db = PersistenceServices.OwnerContext(owner, caller, TimeProvider.System);
        var emails = ExamplePeople.Cast.Select(person => person.Email).ToList();
        var people = await db.People.Where(person => emails.Contains(person.Email!)).Select(person => person.Id).ToListAsync(ct);
        if (people.Count < emails.Count)
            return null;

        var password = "demo-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        using var passwords = new Passwords();
        var hash = await passwords.HashAsync(password, ct);
        foreach (var person in people)
            await SetPasswordAsync(db, person, hash, ct);
        await db.SaveChangesAsync(ct);

        var made = new SignIns(await db.Tenants.Select(tenant => tenant.Slug).SingleAsync(ct), password, ExamplePeople.Cast.ToDictionary(NameOf, person => person.Email));
        await SecretFile.WriteAsync(file, made);
        return made;
    }

    private static async Task SetPasswordAsync(PLServiceDbContext db, Guid personId, string hash, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (await db.Accounts.SingleOrDefaultAsync(account => account.PersonId == personId, ct) is not { } account)
            db.Add(account = Account.Create(personId, now));
        account.SetPassword(hash, now);
    }

    private static string NameOf(DemoPerson person) => person.Language == "en" ? EnumText.Of(person.Role) : $"{EnumText.Of(person.Role)} ({person.Language})";
}
