using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Mails;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Mails;

/// <summary>
/// One mail with what it says, as long as that is kept: until it is sent; where it was not delivered, unless it holds a secret; and for
/// good where the service has no mail server and mail is only shown. Reading is put on record.
/// </summary>
internal static class GetMail
{
    /// <param name="Id">The mail.</param>
    /// <param name="Mail">All but what it says.</param>
    /// <param name="TextBody">What it says as text; null when it is not kept any more.</param>
    /// <param name="HtmlBody">The same as HTML.</param>
    /// <param name="Version">+1 per change; the ETag.</param>
    public sealed record Response(Guid Id, MailResponse Mail, string? TextBody, string? HtmlBody, long Version) : IVersioned
    {
        public static Response Of(Mail mail) => new(mail.Id, MailResponse.Of(mail), mail.TextBody, mail.HtmlBody, mail.Version);

        public static readonly Response Sample = new(
            MailResponse.Sample.Id, MailResponse.Sample, "Preparación 2026 de Cedar Valley cierra en 3 días ...", "<!doctype html><html lang=\"es\">...", MailResponse.Sample.Version);
    }

    public static void Map(RouteGroupBuilder mails) =>
        mails.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetMail), "Read a mail")
            .RequireScope(Scopes.MailRead)
            .RequireWholeTenant()
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.Mails.AsNoTracking().SingleOrDefaultAsync(mail => mail.Id == id, ct) is not { } mail)
            return Problems.NotFound("mail");

        audit.Record("mail.read", id, organizationId: null, new { kind = EnumText.Of(mail.Kind), body = mail.TextBody is not null });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Response.Of(mail));
    }
}
