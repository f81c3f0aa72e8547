using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Removes one of your passkeys: it signs nobody in any more. You must have signed in within the last 30 minutes.</summary>
internal static class DeleteMyPasskey
{
    public static void Map(RouteGroupBuilder me) =>
        me.MapDelete("/passkeys/{id:guid}", Handle)
            .UseCase(nameof(DeleteMyPasskey), "Remove a passkey")
            .RequirePerson()
            .Refuses(AccountErrors.SignInAgain);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, AccountDesk accounts, AccountMail mail, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (await db.Passkeys.SingleOrDefaultAsync(key => key.Id == id && key.PersonId == caller.PersonId, ct) is not { } found)
            return Problems.NotFound("passkey");
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();

        db.Remove(found);
        await mail.NoticeAsync(account.PersonId, AccountChange.Passkey, ct);
        await accounts.RecordAsync("account.passkeyRemoved", account.PersonId, new { passkeyId = id }, ct);
        return TypedResults.NoContent();
    }
}
