using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Registers the passkey that an authenticator made for you.</summary>
internal static class RegisterPasskey
{
    /// <param name="Challenge">What came with the options.</param>
    /// <param name="Name">What you call it, 80 characters at most.</param>
    /// <param name="Credential">The answer of <c>navigator.credentials.create()</c>, as its <c>toJSON()</c> writes it.</param>
    public sealed record Request(string Challenge, string Name, JsonElement Credential);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(SecretText.MaxLength);
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Passkey.NameMaxLength);
            RuleFor(request => request.Credential).Must(credential => credential.ValueKind is JsonValueKind.Object).WithMessage("A credential is a JSON object.");
        }
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/passkeys", Handle)
            .UseCase(nameof(RegisterPasskey), "Register a passkey")
            .RequirePerson()
            .NotRepeatable()
            .Validate<Request>()
            .Refuses(AccountErrors.None, AccountErrors.SignInAgain, AccountErrors.PasskeyRefused, AccountErrors.TooManyPasskeys, AccountErrors.PasskeyTaken)
            .Example(new Request(SecondFactorChallenge.Sample.Challenge, "School laptop", PasskeyOptions.SampleCredential), PasskeyResponse.Sample);

    private static async Task<Results<Created<PasskeyResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AccountDesk accounts, PasskeyDesk passkeys, Tickets tickets, AccountMail mail, PLServiceDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (account, refused) = await accounts.OpenAsync(ct);
        if (account is null)
            return refused!.ToConflict();
        if (await db.Passkeys.CountAsync(key => key.PersonId == account.PersonId, ct) >= Passkey.MaxPerPerson)
            return AccountErrors.TooManyPasskeys.ToConflict();
        if (await tickets.FindAsync(request.Challenge, ct, TicketKind.PasskeyRegistration) is not { } ticket || ticket.PersonId != account.PersonId
            || await passkeys.CheckAttestationAsync(ticket, request.Credential) is not { } made)
            return AccountErrors.PasskeyRefused.ToConflict();

        var key = Keep(account.PersonId, request.Name, made, clock.GetUtcNow());
        db.Remove(ticket);
        db.Add(key);
        if (await db.TrySaveAsync(AccountErrors.PasskeyTaken, ct) is { } taken)
            return taken.ToConflict();
        await mail.NoticeAsync(account.PersonId, AccountChange.Passkey, ct);
        await accounts.RecordAsync("account.passkeyRegistered", account.PersonId, new { passkeyId = key.Id }, ct);
        return TypedResults.Created($"/v1/me/passkeys/{key.Id}", PasskeyResponse.Of(key));
    }

    private static Passkey Keep(Guid personId, string name, Microsoft.AspNetCore.Identity.UserPasskeyInfo made, DateTimeOffset now) => new Passkey
    {
        PersonId = personId,
        Name = name,
        CredentialId = made.CredentialId,
        PublicKey = made.PublicKey,
        Transports = made.Transports ?? [],
        IsUserVerified = made.IsUserVerified,
        IsBackupEligible = made.IsBackupEligible,
        AttestationObject = made.AttestationObject,
        ClientData = made.ClientDataJson,
        CreatedAt = now,
    }.Report(made.SignCount, made.IsBackedUp);
}
