using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Signs in with e-mail address and password. A browser gets its refresh token as a cookie that scripts cannot read; a client that says
/// <c>cli</c> gets it in the answer. Whether there is such an account cannot be told from a refusal. After 10 wrong attempts in a row nobody gets in
/// for 15 minutes, unless by a passkey or with a new password.
/// </summary>
internal static class SignIn
{
    /// <summary>What is longer is no password, and takes no time to hash.</summary>
    internal const int PasswordMaxLength = 512;

    /// <param name="Tenant">The tenant's short name.</param>
    /// <param name="Email">The person's e-mail address.</param>
    /// <param name="Password">The password.</param>
    /// <param name="Client">What keeps the session: <c>browser</c> unless given.</param>
    /// <param name="Remember">True keeps a browser signed in for up to 30 days without use; otherwise it ends with the browser, and after 12 hours without use.</param>
    public sealed record Request(string Tenant, string Email, string Password, SessionClient Client = SessionClient.Browser, bool Remember = false);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Tenant).NotEmpty().MaximumLength(Tenant.SlugMaxLength);
            RuleFor(request => request.Email).NotEmpty().MaximumLength(EmailAddress.MaxLength);
            RuleFor(request => request.Password).NotEmpty().MaximumLength(PasswordMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder signIn) =>
        signIn.MapPost("/", Handle)
            .UseCase(nameof(SignIn), "Sign in with e-mail address and password")
            .Anonymously()
            .Validate<Request>()
            .RefusesSignIn(SignInRefusals.Refused)
            .Refuses(AccountErrors.LocalAccountsOff)
            .Example(new Request("example-state", "ada.moreno@example.org", "correct horse, wrong stable"), SignInResponse.Sample);

    private static async Task<Results<Ok<SignInResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, SignInDesk desk, Attempts attempts, Passwords passwords, Tickets tickets, PLServiceDbContext db, CancellationToken ct)
    {
        var isKnown = await desk.EnterAsync(request.Tenant, ct);
        if (isKnown && await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        var attempt = isKnown ? await attempts.ClaimAsync(request.Email, ct) : null;
        var isRight = await passwords.IsRightAsync(attempt?.PasswordHash, request.Password, ct);
        if (attempt is null)
            return SignInRefusals.Refused.ToUnauthorized(context);
        if (!isRight)
        {
            if (attempt.IsLast)
                await desk.RecordLockAsync(attempt.PersonId, ct);
            return SignInRefusals.Refused.ToUnauthorized(context);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var wish = new SessionWish(request.Client, request.Remember);
        var answer = attempt.NeedsSecondFactor
            ? new SignInResponse(SignInStatus.SecondFactorRequired, null, await ChallengeAsync(attempt.PersonId, wish, tickets, db, ct))
            : new SignInResponse(SignInStatus.SignedIn, await desk.OpenAsync(attempt.PersonId, wish, "password", ct), null);
        await transaction.CommitAsync(ct);
        if (attempt.NeedsSecondFactor)
            await attempts.GiveBackAsync(attempt.PersonId, ct);
        return TypedResults.Ok(answer);
    }

    private static async Task<SecondFactorChallenge> ChallengeAsync(Guid personId, SessionWish wish, Tickets tickets, PLServiceDbContext db, CancellationToken ct)
    {
        var (text, ticket) = await tickets.IssueAsync(TicketKind.SecondFactor, personId, JsonSerializer.Serialize(wish), ct);
        await db.SaveChangesAsync(ct);
        return new(text, ticket.ExpiresAt);
    }
}
