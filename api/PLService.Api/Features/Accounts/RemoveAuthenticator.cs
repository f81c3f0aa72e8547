using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;

namespace PLService.Api.Features.Accounts;

/// <summary>Removes your authenticator app and its recovery codes: your password alone signs you in again. You must have signed in within the last 30 minutes.</summary>
internal static class RemoveAuthenticator
{
    public static void Map(RouteGroupBuilder me) =>
        me.MapDelete("/authenticator", Handle)
            .UseCase(nameof(RemoveAuthenticator), "Remove your authenticator app")
            .RequirePerson()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.NoAuthenticator);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(AccountDesk accounts, SecondFactors factors, AccountMail mail, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        var wasOn = account.NeedsSecondFactor;
        if (account.RemoveAuthenticator() is { } none)
            return none.ToConflict();

        await factors.RemoveCodesAsync(account, ct);
        if (wasOn)
            await mail.NoticeAsync(account.PersonId, AccountChange.Authenticator, ct);
        await accounts.RecordAsync("account.authenticatorRemoved", account.PersonId, null, ct);
        return TypedResults.NoContent();
    }
}
