using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Mails;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Mails;

/// <summary>
/// The mail of the tenant, the newest first, without what it says; narrowed by any of the filters together. Addresses are people's data:
/// reading is put on record.
/// </summary>
internal static class ListMails
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of this kind.</summary>
        public MailKind? Kind { get; init; }

        /// <summary>Only with this status.</summary>
        public MailStatus? Status { get; init; }

        /// <summary>Only to this address, in any case.</summary>
        public string? Address { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Address).MaximumLength(EmailAddress.MaxLength);
    }

    public static void Map(RouteGroupBuilder mails) =>
        mails.MapQuery("/", Handle)
            .UseCase(nameof(ListMails), "List the mail of the outbox")
            .RequireScope(Scopes.MailRead)
            .RequireWholeTenant()
            .Validate<Request>()
            .Example(response: new Page<MailResponse>([MailResponse.Sample], null, null));

    private static async Task<Ok<Page<MailResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var found = db.Mails.AsNoTracking();
        if (request.Kind is { } kind)
            found = found.Where(mail => mail.Kind == kind);
        if (request.Status is { } status)
            found = found.Where(mail => mail.Status == status);
        if (request.Address is { } address)
            found = found.Where(mail => Sql.Lower(mail.RecipientAddress) == Sql.Lower(address));

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(mail => mail.Id < last);
        var page = await found.OrderByDescending(mail => mail.Id).Take(request.Take + 1).Select(MailResponse.From).ToListAsync(ct);
        audit.Record("mail.read", db.TenantId, organizationId: null, new { kind = Word(request.Kind), status = Word(request.Status), mails = Math.Min(page.Count, request.Take) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, mail => [mail.Id.ToString()], count));
    }

    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? EnumText.Of(known) : null;
}
