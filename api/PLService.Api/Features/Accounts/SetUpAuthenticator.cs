using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Begins to set up an authenticator app: shows the secret that the app needs, once. It is asked for at sign-in from the moment that you confirm it with a
/// code. Doing it again before that makes a new secret. You must have signed in within the last 30 minutes.
/// </summary>
internal static class SetUpAuthenticator
{
    /// <param name="Secret">The secret, to be typed into the app (Base32).</param>
    /// <param name="Uri">The same for a QR code.</param>
    public sealed record Response(string Secret, string Uri);

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/authenticator", Handle)
            .UseCase(nameof(SetUpAuthenticator), "Set up an authenticator app")
            .RequirePerson()
            .NotRepeatable()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.AuthenticatorAlreadyOn)
            .Example(response: new Response("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "otpauth://totp/Example%20State:ada%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%20State"));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        AccountDesk accounts, SecondFactors factors, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        var (key, stored) = factors.NewKey();
        if (account.SetUpAuthenticator(stored) is { } alreadyOn)
            return alreadyOn.ToConflict();

        await accounts.RecordAsync("account.authenticatorSetUp", account.PersonId, null, ct);
        var names = await db.People.Where(person => person.Id == caller.PersonId).Select(person => new { person.Email, Tenant = db.Tenants.Select(tenant => tenant.Name).First() }).SingleAsync(ct);
        return TypedResults.Ok(new Response(Totp.Write(key), Totp.Uri(key, names.Tenant, names.Email ?? "")));
    }
}
