using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Confirms the authenticator app with a code of it: from now on a sign-in by password needs one. Shows the recovery codes, which stand in for an app that is
/// lost, for the only time; each is good once.
/// </summary>
internal static class ConfirmAuthenticator
{
    /// <param name="Code">The six digits that the app shows.</param>
    public sealed record Request(string Code);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).NotEmpty().MaximumLength(20);
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/authenticator/confirm", Handle)
            .UseCase(nameof(ConfirmAuthenticator), "Confirm your authenticator app")
            .RequirePerson()
            .NotRepeatable()
            .Validate<Request>()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.NoAuthenticator, AccountErrors.AuthenticatorAlreadyOn, AccountErrors.WrongCode)
            .Example(new Request("492039"), RecoveryCodesResponse.Sample);

    private static async Task<Results<Ok<RecoveryCodesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AccountDesk accounts, SecondFactors factors, AccountMail mail, PLServiceDbContext db, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        if (account.NeedsSecondFactor)
            return AccountErrors.AuthenticatorAlreadyOn.ToConflict();
        if (account.AuthenticatorKey is null)
            return AccountErrors.NoAuthenticator.ToConflict();
        if (!factors.TryCode(account, request.Code))
            return AccountErrors.WrongCode.ToConflict();

        var codes = await factors.RenewCodesAsync(account, ct);
        await mail.NoticeAsync(account.PersonId, AccountChange.Authenticator, ct);
        await accounts.RecordAsync("account.authenticatorConfirmed", account.PersonId, null, ct);
        return TypedResults.Ok(new RecoveryCodesResponse(codes));
    }
}
