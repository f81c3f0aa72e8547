using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Mails;

/// <summary>
/// Sends a mail once more that failed or bounced. One that held a secret cannot be sent again, because the secret was not kept: send
/// another invitation, or have another link asked for.
/// </summary>
internal static class ResendMail
{
    public static void Map(RouteGroupBuilder mails) =>
        mails.MapPost("/{id:guid}/resend", Handle)
            .UseCase(nameof(ResendMail), "Send a mail again that was not delivered")
            .RequireScope(Scopes.MailWrite)
            .RequireWholeTenant()
            .Refuses(MailErrors.NotUndelivered, MailErrors.BodyIsGone, MailErrors.NotConfigured)
            .Example(response: MailResponse.Sample with { Status = MailStatus.Queued, Attempts = 0, ErrorCode = null, ErrorDetail = null, NextAttemptAt = MailResponse.Sample.QueuedAt, Version = 4 });

    private static async Task<Results<Ok<MailResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, MailOptions options, Outbox outbox, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Mails.SingleOrDefaultAsync(mail => mail.Id == id, ct) is not { } mail)
            return Problems.NotFound("mail");
        if (ifMatch.Refuses(mail.Version) is { } stale)
            return stale;
        if (mail.Resend(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();
        if (!options.IsConfigured)
            return MailErrors.NotConfigured.ToConflict();

        outbox.Schedule();
        audit.Record("mail.resent", id, organizationId: null, new { kind = EnumText.Of(mail.Kind) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(MailResponse.Of(mail));
    }
}
