using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Sends a link to a new address of yours; your address changes when you follow it within 24 hours. Your password is needed.</summary>
internal static class RequestEmailChange
{
    /// <param name="Email">The new address.</param>
    /// <param name="Password">Your password.</param>
    public sealed record Request(string Email, string Password);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Email).NotEmpty().Must(EmailAddress.IsValid).WithErrorCode("value.pattern").WithMessage("An e-mail address is expected.");
            RuleFor(request => request.Password).NotEmpty().MaximumLength(SignIn.PasswordMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/email-change", Handle)
            .UseCase(nameof(RequestEmailChange), "Ask to change your e-mail address")
            .RequirePerson()
            .LimitSignIns()
            .Validate<Request>()
            .Refuses(AccountErrors.WrongPassword, AccountErrors.None)
            .NotRepeatable()
            .Example(new Request("ada@example.org", "correct horse, wrong stable"));

    private static async Task<Results<Accepted, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AccountDesk accounts, Tickets tickets, AccountMail mail, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        var personId = caller.PersonId!.Value;
        if (await accounts.ProveAsync(request.Password, ct) is { } refused)
            return refused.ToConflict();

        var (text, ticket) = await tickets.IssueAsync(TicketKind.EmailChange, personId, request.Email, ct);
        await mail.ConfirmAddressAsync(personId, request.Email, text, ticket.ExpiresAt, ct);
        await accounts.RecordAsync("account.emailChangeRequested", personId, null, ct);
        return TypedResults.Accepted((string?)null);
    }
}
