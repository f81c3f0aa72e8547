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

/// <summary>Changes your e-mail address to the one that the link was sent to. The address until now is written that it was changed.</summary>
internal static class ConfirmEmailChange
{
    /// <param name="Token">The token of the link.</param>
    public sealed record Request(string Token);

    /// <param name="Email">Your address now, which you sign in with.</param>
    public sealed record Response(string Email);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(SecretText.MaxLength);
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/email-change/confirm", Handle)
            .UseCase(nameof(ConfirmEmailChange), "Confirm your new e-mail address")
            .RequirePerson()
            .Validate<Request>()
            .Refuses(AccountErrors.BadLink, PersonErrors.EmailTaken)
            .Example(new Request(SecondFactorChallenge.Sample.Challenge), new Response("ada@example.org"));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AccountDesk accounts, Tickets tickets, AccountMail mail, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (await tickets.FindAsync(request.Token, ct, TicketKind.EmailChange) is not { Data: { } address } ticket || ticket.PersonId != caller.PersonId)
            return AccountErrors.BadLink.ToConflict();

        var person = await db.People.SingleAsync(p => p.Id == caller.PersonId, ct);
        var former = person.Email;
        person.Change(new PersonDetails(person.Name, address, person.OrganizationId, person.Position, person.EmployeeGroup, person.Language, person.TimeZone));
        db.Remove(ticket);
        if (await db.TrySaveAsync(PersonErrors.EmailTaken, ct) is { } taken)
            return taken.ToConflict();

        await mail.NoticeAsync(person.Id, AccountChange.Email, ct, former);
        await accounts.RecordAsync("person.changed", person.Id, new { reason = "emailChange" }, ct);
        return TypedResults.Ok(new Response(address));
    }
}
