using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>How you sign in to the service itself: what there is to show and to offer on a page about it.</summary>
internal static class GetMyAccount
{
    /// <param name="HasAccount">Whether you have a local account; otherwise you sign in through the agency's identity provider.</param>
    /// <param name="PasswordChangedAt">When your password was chosen; null when you have none.</param>
    /// <param name="AuthenticatorSince">Since when an authenticator app is needed to sign in by password; null when none is.</param>
    /// <param name="RecoveryCodesLeft">How many recovery codes are not used.</param>
    /// <param name="Passkeys">How many passkeys you have.</param>
    public sealed record Response(bool HasAccount, DateTimeOffset? PasswordChangedAt, DateTimeOffset? AuthenticatorSince, int RecoveryCodesLeft, int Passkeys);

    public static void Map(RouteGroupBuilder me) =>
        me.MapGet("/account", Handle)
            .UseCase(nameof(GetMyAccount), "Read how you sign in")
            .RequirePerson()
            .Example(response: new Response(true, SessionResponse.Sample.CreatedAt, SessionResponse.Sample.CreatedAt, 9, 1));

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, Caller caller, CancellationToken ct) => TypedResults.Ok(
        await db.Accounts.Where(account => account.PersonId == caller.PersonId)
            .Select(account => new Response(
                true, account.PasswordChangedAt, account.AuthenticatorConfirmedAt,
                db.RecoveryCodes.Count(code => code.PersonId == account.PersonId && code.UsedAt == null),
                db.Passkeys.Count(key => key.PersonId == account.PersonId)))
            .SingleOrDefaultAsync(ct) ?? new Response(false, null, null, 0, 0));
}
