using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Commands;

/// <summary>A person for every role of the demo tenant, so that <c>make run</c> can be tried from each one's side. All have one password, made for this machine.</summary>
internal static class DemoPeople
{
    private static readonly (Role Role, string Name)[] Cast =
    [
        (Role.AgencyAdmin, "Ada Moreno"), (Role.DistrictLead, "Ben Okafor"), (Role.Facilitator, "Carla Nguyen"),
        (Role.Reviewer, "Dev Patel"), (Role.Participant, "Emi Sato"), (Role.Viewer, "Finn Larsen"),
    ];

    /// <param name="Tenant">The tenant's short name.</param>
    /// <param name="Password">The password of all of them.</param>
    /// <param name="Emails">Their addresses, by role.</param>
    public sealed record SignIns(string Tenant, string Password, IReadOnlyDictionary<string, string> Emails);

    /// <summary>Those that the file names; the first time, and when the file was lost, they are made or get a new password.</summary>
    public static async Task<SignIns> EnsureAsync(string owner, Guid tenantId, string file, CancellationToken ct)
    {
        if (File.Exists(file))
            return JsonSerializer.Deserialize<SignIns>(await File.ReadAllTextAsync(file, ct), JsonSerializerOptions.Web)!;

        var caller = new Caller();
        caller.Become(CallerIdentity.Service(tenantId));
        var password = "demo-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        using var passwords = new Passwords();
        var hash = await passwords.HashAsync(password, ct);
        await using var db = PersistenceServices.OwnerContext(owner, caller, TimeProvider.System);
        foreach (var (role, name) in Cast)
            await EnsureAsync(db, role, name, hash, ct);

        var made = new SignIns(
            await db.Tenants.Select(tenant => tenant.Slug).SingleAsync(ct), password, Cast.ToDictionary(person => EnumText.Of(person.Role), person => EmailOf(person.Name)));
        await SecretFile.WriteAsync(file, made);
        return made;
    }

    private static async Task EnsureAsync(PLServiceDbContext db, Role role, string name, string passwordHash, CancellationToken ct)
    {
        var email = EmailOf(name);
        if (await db.People.SingleOrDefaultAsync(p => p.Email == email, ct) is not { } person)
        {
            person = Person.Create(new PersonDetails(name, email));
            db.Add(person);
            await db.SaveChangesAsync(ct);
            db.Add(Membership.Create(person.Id, role, organizationId: null));
        }

        var now = TimeProvider.System.GetUtcNow();
        if (await db.Accounts.SingleOrDefaultAsync(a => a.PersonId == person.Id, ct) is not { } account)
        {
            account = Account.Create(person.Id, now);
            db.Add(account);
        }

        account.SetPassword(passwordHash, now);
        await db.SaveChangesAsync(ct);
    }

    private static string EmailOf(string name) => $"{name.Replace(' ', '.').ToLowerInvariant()}@example.org";
}
