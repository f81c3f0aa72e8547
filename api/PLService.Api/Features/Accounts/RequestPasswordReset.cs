using System.Diagnostics;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Sends a link to choose a new password to the address, when there is such an account: the answer is the same in any case, and takes the same time. The
/// link is good once and for an hour. One address is written to once a minute, and five times an hour.
/// </summary>
internal static class RequestPasswordReset
{
    private const int MaxPerHour = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Longer than the work takes.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(400);

    /// <param name="Tenant">The tenant's short name.</param>
    /// <param name="Email">The person's e-mail address.</param>
    public sealed record Request(string Tenant, string Email);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Tenant).NotEmpty().MaximumLength(Tenant.SlugMaxLength);
            RuleFor(request => request.Email).NotEmpty().MaximumLength(EmailAddress.MaxLength);
        }
    }

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/password-reset", Handle)
            .WithTags("Sign-in")
            .UseCase(nameof(RequestPasswordReset), "Ask for a link to choose a new password")
            .Anonymously()
            .Validate<Request>()
            .Example(new Request("example-state", "ada.moreno@example.org"));

    private static async Task<Accepted> Handle(
        Request request, SignInDesk desk, Tickets tickets, AccountMail mail, PLServiceDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        if (await desk.EnterAsync(request.Tenant, ct) && await desk.ClosedAsync(ct) is null)
            await SendAsync(request.Email.Replace("\0", "", StringComparison.Ordinal), tickets, mail, db, clock.GetUtcNow(), ct);

        if (AnswerTime - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
            await Task.Delay(rest, ct);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task SendAsync(string email, Tickets tickets, AccountMail mail, PLServiceDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = await db.People
            .Where(p => p.Status == PersonStatus.Active && p.EmailKey == Sql.Lower(email) && db.Accounts.Any(account => account.PersonId == p.Id))
            .Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct);
        if (person is not { } personId)
            return;

        var sent = await db.AccountTickets.Where(t => t.PersonId == personId && t.Kind == TicketKind.PasswordReset && t.ExpiresAt > now).Select(t => t.CreatedAt).ToListAsync(ct);
        if (sent.Count >= MaxPerHour || sent.Exists(at => now - at < Pause))
            return;

        var (text, ticket) = await tickets.IssueAsync(TicketKind.PasswordReset, personId, null, ct);
        await mail.ResetAsync(personId, text, ticket.ExpiresAt, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
