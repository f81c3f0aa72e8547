using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>What a kind of file needs besides imports:write, and whether the sender has it there.</summary>
internal sealed class ImportSender(PLServiceDbContext db, Caller caller, PersonGrants grants)
{
    /// <summary>The scopes for what the rows change; none when imports:write is all.</summary>
    public static IReadOnlyList<string> ScopesOf(ImportKind kind) => kind switch
    {
        ImportKind.Organizations => [Scopes.OrganizationsWrite],
        ImportKind.People or ImportKind.Memberships => [Scopes.PeopleWrite],
        ImportKind.Plans => [Scopes.PlansWrite],
        ImportKind.OneRoster => [Scopes.OrganizationsWrite, Scopes.PeopleWrite],
        _ => [],
    };

    /// <summary>403 when the caller may not change what the rows say at <paramref name="root"/> and below.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> RefuseWriterAsync(ImportKind kind, Guid? root, CancellationToken ct)
    {
        foreach (var scope in ScopesOf(kind))
        {
            if (!await MayAsync(scope, root, ct))
                return Missing(scope);
        }

        return null;
    }

    /// <summary>The scope for reading what stands in the rows; null when imports:read is all.</summary>
    public static string? ScopeToRead(ImportKind kind) => kind switch
    {
        ImportKind.People or ImportKind.Memberships or ImportKind.OneRoster => Scopes.PeopleRead,
        ImportKind.Plans => Scopes.PlansRead,
        _ => null,
    };

    /// <summary>403 when the rows of an import say what the caller may not read.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> RefuseReaderAsync(ImportKind kind, Guid? root, CancellationToken ct) =>
        ScopeToRead(kind) is { } scope && !await MayAsync(scope, root, ct) ? Missing(scope) : null;

    public static JsonHttpResult<ApiProblem> Missing(string scope) =>
        Problems.Result(403, "auth.missing_scope", $"A file of this kind needs the scope {scope}, which you do not have there.");

    /// <summary>Whether the caller may do this at <paramref name="root"/> and below; null is the whole tenant.</summary>
    public Task<bool> MayAsync(string scope, Guid? root, CancellationToken ct) =>
        caller.Grants is { } held ? MayAsync(held, scope, root, ct) : Task.FromResult(caller.Scopes.Contains(scope));

    /// <summary>
    /// Lets a job go on as its sender, with the roles that the person has by now; what the upload may reach stays the limit. False when the
    /// person may not do it any more. A machine's scope was asked for at the upload; where more of its scopes count, <paramref name="sent"/> says
    /// which it had then, and it goes on with those that it still has.
    /// </summary>
    public async Task<bool> ResumeAsync(string scope, CancellationToken ct, string? sent = null)
    {
        if (caller.PersonId is not { } personId)
            return sent is null || await ResumeMachineAsync(scope, sent, ct);
        var person = CallerIdentity.Person(caller.TenantId, personId, null);
        var (roots, root) = (caller.Roots, caller.OnlyRoot);
        if (await grants.FindAsync(person, ct) is not { } held || !await MayAsync(held, scope, root, ct))
            return false;
        caller.Become(PersonGrants.Narrow(person, held, scope) with { Roots = roots });
        return true;
    }

    private async Task<bool> ResumeMachineAsync(string scope, string sent, CancellationToken ct)
    {
        var now = await db.ApiClients.Where(client => client.Id == caller.ApiClientId && client.RevokedAt == null).Select(client => client.Scopes).SingleOrDefaultAsync(ct);
        var scopes = sent.Split(' ').Intersect(now ?? []).ToHashSet(StringComparer.Ordinal);
        caller.Become(new(caller.TenantId, caller.ApiClientId, caller.Roots, scopes));
        return scopes.Contains(scope);
    }

    private async Task<bool> MayAsync(IReadOnlyList<Grant> held, string scope, Guid? root, CancellationToken ct)
    {
        var places = held.Where(grant => Roles.ScopesOf(grant.Role).Contains(scope)).Select(grant => grant.OrganizationId).ToList();
        if (places.Contains(null))
            return true;
        var within = places.OfType<Guid>().ToArray();
        return root is not null && await db.OrganizationClosure.AnyAsync(c => c.DescendantId == root && within.Contains(c.AncestorId), ct);
    }
}
