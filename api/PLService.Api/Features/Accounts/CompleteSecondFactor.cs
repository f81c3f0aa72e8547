using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Completes a sign-in with a code of the authenticator app, or with a recovery code. Wrong codes count as wrong passwords do, and no code is taken twice.
/// </summary>
internal static class CompleteSecondFactor
{
    /// <param name="Challenge">What <c>POST /v1/sign-in</c> answered.</param>
    /// <param name="Code">The six digits that the app shows; or leave it out and send a recovery code.</param>
    /// <param name="RecoveryCode">One of the recovery codes.</param>
    public sealed record Request(string Challenge, string? Code = null, string? RecoveryCode = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(SecretText.MaxLength);
            RuleFor(request => request.Code).NotEmpty().When(request => request.RecoveryCode is null).MaximumLength(20);
            RuleFor(request => request.RecoveryCode).Empty().When(request => request.Code is not null).MaximumLength(40);
        }
    }

    public static void Map(RouteGroupBuilder signIn) =>
        signIn.MapPost("/second-factor", Handle)
            .UseCase(nameof(CompleteSecondFactor), "Complete a sign-in with a second factor")
            .Anonymously()
            .Validate<Request>()
            .RefusesSignIn(SignInRefusals.SecondFactorRefused)
            .Refuses(AccountErrors.LocalAccountsOff)
            .Example(new Request(SecondFactorChallenge.Sample.Challenge, "492039"), SessionTokens.Sample);

    private static async Task<Results<Ok<SessionTokens>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, SignInDesk desk, AccountDesk accounts, Attempts attempts, Tickets tickets, SecondFactors factors, PLServiceDbContext db, CancellationToken ct)
    {
        if (!desk.Enter(Tickets.TenantOf(request.Challenge)))
            return SignInRefusals.SecondFactorRefused.ToUnauthorized(context);
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await tickets.FindAsync(request.Challenge, ct, TicketKind.SecondFactor) is not { PersonId: { } personId } ticket
            || await attempts.ClaimAsync(personId, ct) is not { } attempt
            || await accounts.LockAsync(personId, ct) is not { } account)
            return SignInRefusals.SecondFactorRefused.ToUnauthorized(context);

        var isRight = request.Code is { } code ? factors.TryCode(account, code) : await factors.TryRecoveryCodeAsync(account, request.RecoveryCode!, ct);
        if (!isRight)
        {
            if (attempt.IsLast)
            {
                await desk.RecordLockAsync(personId, ct);
                await transaction.CommitAsync(ct);
            }

            return SignInRefusals.SecondFactorRefused.ToUnauthorized(context);
        }

        db.Remove(ticket);
        await db.SaveChangesAsync(ct);
        var wish = JsonSerializer.Deserialize<SessionWish>(ticket.Data!)!;
        var tokens = await desk.OpenAsync(personId, wish, request.Code is null ? "recoveryCode" : "authenticator", ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(tokens);
    }
}
