using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Signs in with what an authenticator answered. A passkey with which the authenticator verified its user needs no second factor, and works while the
/// password is locked after wrong attempts.
/// </summary>
internal static class SignInWithPasskey
{
    /// <param name="Challenge">What came with the options.</param>
    /// <param name="Credential">The answer of <c>navigator.credentials.get()</c>, as its <c>toJSON()</c> writes it.</param>
    /// <param name="Client">What keeps the session: <c>browser</c> unless given.</param>
    /// <param name="Remember">True keeps a browser signed in for up to 30 days without use.</param>
    public sealed record Request(string Challenge, JsonElement Credential, SessionClient Client = SessionClient.Browser, bool Remember = false);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(SecretText.MaxLength);
            RuleFor(request => request.Credential).Must(credential => credential.ValueKind is JsonValueKind.Object).WithMessage("A credential is a JSON object.");
        }
    }

    public static void Map(RouteGroupBuilder signIn) =>
        signIn.MapPost("/passkey", Handle)
            .UseCase(nameof(SignInWithPasskey), "Sign in with a passkey")
            .Anonymously()
            .Validate<Request>()
            .RefusesSignIn(SignInRefusals.PasskeyRefused)
            .Refuses(AccountErrors.LocalAccountsOff)
            .Example(new Request(SecondFactorChallenge.Sample.Challenge, PasskeyOptions.SampleCredential), SessionTokens.Sample);

    private static async Task<Results<Ok<SessionTokens>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, SignInDesk desk, PasskeyDesk passkeys, Tickets tickets, PLServiceDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!desk.Enter(Tickets.TenantOf(request.Challenge)))
            return SignInRefusals.PasskeyRefused.ToUnauthorized(context);
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await tickets.FindAsync(request.Challenge, ct, TicketKind.PasskeySignIn) is not { } ticket)
            return SignInRefusals.PasskeyRefused.ToUnauthorized(context);

        // What was asked is answered once, rightly or not.
        db.Remove(ticket);
        var found = await passkeys.CheckAssertionAsync(ticket, request.Credential);
        if (found is not ({ } account, { } used))
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return SignInRefusals.PasskeyRefused.ToUnauthorized(context);
        }

        var key = await db.Passkeys.SingleAsync(k => k.PersonId == account.PersonId && k.CredentialId == used.CredentialId, ct);
        key.Report(used.SignCount, used.IsBackedUp, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        var tokens = await desk.OpenAsync(account.PersonId, new(request.Client, request.Remember), "passkey", ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(tokens);
    }
}
