using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Takes a person's local account away: password, authenticator app, passkeys. The person's sessions end at once; the person stays, and can still come
/// through an identity provider. To help somebody who lost everything, remove the account and give a new one.
/// </summary>
internal static class DeleteAccount
{
    public static void Map(RouteGroupBuilder person) =>
        person.MapDelete("/account", Handle)
            .UseCase(nameof(DeleteAccount), "Take a person's local account away")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(AccountErrors.BeyondYourReach);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, AccountDesk accounts, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.OwnPeople().AnyAsync(p => p.Id == id, ct))
            return Problems.NotFound("person");
        if (!await accounts.ReachesAllOfAsync(id, ct))
            return AccountErrors.BeyondYourReach.ToConflict();
        if (await accounts.LockAsync(id, ct) is not { } account)
            return Problems.NotFound("account");

        db.Remove(account);
        await accounts.RecordAsync("account.removed", id, null, ct);
        await accounts.EndSessionsAsync(id, RevocationReason.AccountRemoved, except: null, ct);
        return TypedResults.NoContent();
    }
}
