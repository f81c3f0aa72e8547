using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Changes your password, for which the present one is needed. Your other sessions end; this one goes on. You are written that it was changed.</summary>
internal static class ChangeMyPassword
{
    /// <param name="CurrentPassword">The present password.</param>
    /// <param name="NewPassword">The new one: 12 to 128 characters of any kind, not one of those that are guessed first.</param>
    public sealed record Request(string CurrentPassword, string NewPassword);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.CurrentPassword).NotEmpty().MaximumLength(SignIn.PasswordMaxLength);
            RuleFor(request => request.NewPassword).NotEmpty();
            RuleFor(request => request.NewPassword).NotEqual(request => request.CurrentPassword)
                .WithErrorCode(PasswordFaults.Unchanged.Code).WithMessage(PasswordFaults.Unchanged.Message);
        }
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPut("/password", Handle)
            .UseCase(nameof(ChangeMyPassword), "Change your password")
            .RequirePerson()
            .LimitSignIns()
            .Validate<Request>()
            .Refuses(AccountErrors.WrongPassword, AccountErrors.None)
            .Example(new Request("correct horse, wrong stable", "seven quiet herons at dusk"));

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AccountDesk accounts, AccountMail mail, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        var personId = caller.PersonId!.Value;
        if (await accounts.ProveAsync(request.CurrentPassword, ct) is { } refused)
            return refused.ToConflict();
        if (await accounts.FaultAsync(personId, request.NewPassword, ct) is { } fault)
            return fault.ToFault("/newPassword");
        if (await accounts.LockAsync(personId, ct) is not { } account)
            return AccountErrors.None.ToConflict();

        await accounts.SetPasswordAsync(account, request.NewPassword, RevocationReason.PasswordChanged, except: caller.SessionId, ct);
        await mail.NoticeAsync(personId, AccountChange.Password, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
