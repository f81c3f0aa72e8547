using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Chooses a password with the link of a mail, the first one or another. All sessions of the person end, other links lose their force, and a lock after
/// wrong attempts is gone. A second factor stays.
/// </summary>
internal static class ConfirmPasswordReset
{
    /// <param name="Token">The token of the link.</param>
    /// <param name="Password">The new password: 12 to 128 characters of any kind, not one of those that are guessed first.</param>
    public sealed record Request(string Token, string Password);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Token).NotEmpty().MaximumLength(SecretText.MaxLength);
            RuleFor(request => request.Password).NotEmpty();
        }
    }

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/password-reset/confirm", Handle)
            .WithTags("Sign-in")
            .UseCase(nameof(ConfirmPasswordReset), "Choose a password with the link of a mail")
            .Anonymously()
            .Validate<Request>()
            .Refuses(AccountErrors.BadLink, AccountErrors.LocalAccountsOff)
            .Example(new Request(SecondFactorChallenge.Sample.Challenge, "seven quiet herons at dusk"));

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Request request, SignInDesk desk, AccountDesk accounts, Tickets tickets, AccountMail mail, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (!desk.Enter(Tickets.TenantOf(request.Token)))
            return AccountErrors.BadLink.ToConflict();
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await tickets.FindAsync(request.Token, ct, TicketKind.FirstPassword, TicketKind.PasswordReset) is not { PersonId: { } personId } ticket
            || !await db.People.AnyAsync(person => person.Id == personId && person.Status == PersonStatus.Active, ct)
            || await accounts.LockAsync(personId, ct) is not { } account)
            return AccountErrors.BadLink.ToConflict();
        if (await accounts.FaultAsync(personId, request.Password, ct) is { } fault)
            return fault.ToFault("/password");

        caller.Become(CallerIdentity.Person(db.TenantId, personId, null));
        db.Entry(ticket).State = EntityState.Detached;
        await accounts.SetPasswordAsync(account, request.Password, RevocationReason.PasswordReset, except: null, ct);
        if (ticket.Kind is TicketKind.PasswordReset)
            await mail.NoticeAsync(personId, AccountChange.Password, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
