using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Tenants;
using PLService.Api.Persistence;

namespace PLService.Api.Commands;

/// <summary>Makes a tenant and its first API client, which may do everything in it.</summary>
public static class Bootstrap
{
    /// <summary>What the first client signs in with; the secret is shown this once.</summary>
    public sealed record Credentials(Guid TenantId, string ClientId, string ClientSecret);

    internal static async Task<int> RunAsync(string[] args)
    {
        if (ValueOf(args, "--tenant") is not { } slug || ValueOf(args, "--name") is not { } name)
            return Usage.Show();

        var made = await RunAsync(Settings.Owner(Settings.FromEnvironment()), slug, name, ValueOf(args, "--client") ?? "first client", CancellationToken.None);
        Console.WriteLine(JsonSerializer.Serialize(made, JsonSerializerOptions.Web));
        return 0;
    }

    /// <exception cref="DbUpdateException">A tenant with this slug exists.</exception>
    public static async Task<Credentials> RunAsync(string ownerConnectionString, string slug, string name, string clientName, CancellationToken ct)
    {
        var tenant = Tenant.Create(Guid.CreateVersion7(), slug, name);
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(tenant.Id));
        await using var db = PersistenceServices.OwnerContext(ownerConnectionString, caller, TimeProvider.System);
        var client = ApiClient.Create(clientName, [.. Scopes.All.Keys.Order(StringComparer.Ordinal)], organizationId: null);
        var secret = ClientCredentials.NewSecret();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Add(tenant);
        await db.SaveChangesAsync(ct);
        db.Add(client);
        db.Add(new ApiClientSecret
        {
            ApiClientId = client.Id,
            Hash = ClientCredentials.Hash(secret),
            Hint = ClientCredentials.Hint(secret),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(tenant.Id, ClientCredentials.WriteId(tenant.Id, client.Id), secret);
    }

    private static string? ValueOf(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
