using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;

namespace PLService.Api.Features.Accounts;

/// <summary>Makes new recovery codes in place of all that there were. You must have signed in within the last 30 minutes.</summary>
internal static class RenewRecoveryCodes
{
    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/recovery-codes", Handle)
            .UseCase(nameof(RenewRecoveryCodes), "Make new recovery codes")
            .RequirePerson()
            .NotRepeatable()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.NoAuthenticator)
            .Example(response: RecoveryCodesResponse.Sample);

    private static async Task<Results<Ok<RecoveryCodesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        AccountDesk accounts, SecondFactors factors, AccountMail mail, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        if (!account.NeedsSecondFactor)
            return AccountErrors.NoAuthenticator.ToConflict();

        var codes = await factors.RenewCodesAsync(account, ct);
        await mail.NoticeAsync(account.PersonId, AccountChange.Authenticator, ct);
        await accounts.RecordAsync("account.recoveryCodesRenewed", account.PersonId, null, ct);
        return TypedResults.Ok(new RecoveryCodesResponse(codes));
    }
}
