using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>How the link reaches the person.</summary>
public enum LinkDelivery
{
    /// <summary>By mail to the person's address.</summary>
    Mail,

    /// <summary>Shown in the answer, once, to be handed over.</summary>
    Link,
}

/// <summary>
/// Gives a person a local account: makes a link with which the person chooses a first password, good once and for 7 days. Again, before a password is chosen,
/// it makes a new link, and the old one loses its force. Nobody can set up an account for somebody who may do more than they may.
/// </summary>
internal static class CreateAccount
{
    /// <param name="Delivery">How the link reaches the person: <c>mail</c> unless given.</param>
    public sealed record Request(LinkDelivery Delivery = LinkDelivery.Mail);

    /// <param name="PersonId">The person.</param>
    /// <param name="Link">The link, where it was to be shown; it is a secret.</param>
    /// <param name="ExpiresAt">Until when it is good.</param>
    public sealed record Response(Guid PersonId, string? Link, DateTimeOffset ExpiresAt);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Delivery).IsInEnum();
    }

    public static void Map(RouteGroupBuilder person) =>
        person.MapPost("/account", Handle)
            .UseCase(nameof(CreateAccount), "Give a person a local account")
            .RequireScope(Scopes.PeopleWrite)
            .NotRepeatable()
            .Validate<Request>()
            .Refuses(AccountErrors.LocalAccountsOff, AccountErrors.NotActive, AccountErrors.NoEmail, AccountErrors.BeyondYourReach, AccountErrors.AlreadyThere)
            .Example(new Request(), new Response(Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), null, SessionResponse.Sample.CreatedAt.AddDays(7)));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, SignInDesk desk, AccountDesk accounts, Tickets tickets, AccountMail mail, PLServiceDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.OwnPeople().Where(p => p.Id == id).Select(p => new { p.Status, p.Email }).SingleOrDefaultAsync(ct) is not { } person)
            return Problems.NotFound("person");
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();
        if (person.Status is not PersonStatus.Active)
            return AccountErrors.NotActive.ToConflict();
        if (person.Email is null)
            return AccountErrors.NoEmail.ToConflict();
        if (!await accounts.ReachesAllOfAsync(id, ct))
            return AccountErrors.BeyondYourReach.ToConflict();
        var account = await accounts.LockAsync(id, ct);
        if (account?.PasswordHash is not null)
            return AccountErrors.AlreadyThere.ToConflict();

        if (account is null)
            db.Add(Account.Create(id, clock.GetUtcNow()));
        if (await db.TrySaveAsync(AccountErrors.AlreadyThere, ct) is { } taken)
            return taken.ToConflict();
        await db.AccountTickets.Where(ticket => ticket.PersonId == id && ticket.Kind == TicketKind.FirstPassword).ExecuteDeleteAsync(ct);
        var (text, made) = await tickets.IssueAsync(TicketKind.FirstPassword, id, null, ct);
        if (request.Delivery is LinkDelivery.Mail)
            await mail.FirstPasswordAsync(id, text, made.ExpiresAt, ct);
        await accounts.RecordAsync("account.created", id, new { request.Delivery }, ct);
        return TypedResults.Ok(new Response(id, request.Delivery is LinkDelivery.Link ? mail.PasswordLink(text).AbsoluteUri : null, made.ExpiresAt));
    }
}
