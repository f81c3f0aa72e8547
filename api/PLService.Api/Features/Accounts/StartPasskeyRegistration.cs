using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Gives what a browser asks an authenticator in order to make a passkey for you. You must have signed in within the last 30 minutes.</summary>
internal static class StartPasskeyRegistration
{
    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/passkeys/options", Handle)
            .UseCase(nameof(StartPasskeyRegistration), "Begin to register a passkey")
            .RequirePerson()
            .NotRepeatable()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.TooManyPasskeys)
            .Example(response: PasskeyOptions.Sample);

    private static async Task<Results<Ok<PasskeyOptions>, JsonHttpResult<ApiProblem>>> Handle(
        AccountDesk accounts, PasskeyDesk passkeys, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        if (await db.Passkeys.CountAsync(key => key.PersonId == account.PersonId, ct) >= Passkey.MaxPerPerson)
            return AccountErrors.TooManyPasskeys.ToConflict();

        var person = await db.People.Where(p => p.Id == caller.PersonId).Select(p => new { p.Name, p.Email }).SingleAsync(ct);
        var options = await passkeys.AskToRegisterAsync(account.PersonId, person.Email ?? person.Name, person.Name, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(options);
    }
}
