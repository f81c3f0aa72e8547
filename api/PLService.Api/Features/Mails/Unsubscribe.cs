using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Mails;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Mails;

/// <summary>
/// Ends a kind of mail to the recipient of a mail, by the token of its link. Mail programs do it in one click (RFC 8058): they send the form
/// <c>List-Unsubscribe=One-Click</c> to the link; no body is needed. Doing it again changes nothing.
/// </summary>
internal static class Unsubscribe
{
    private static readonly DomainError AlreadyDone = new("mail.already_unsubscribed", "Two clicks at once are one wish.");

    public static void Map(RouteGroupBuilder unsubscribe) =>
        unsubscribe.MapPost("/", Handle)
            .AllowAnonymous()
            .UseCase(nameof(Unsubscribe), "Unsubscribe from a kind of mail")
            .Validate<UnsubscribeRequest>()
            // Its tenant is the mail's, and not that of whoever may be signed in.
            .Transaction(TransactionKind.OwnAlways)
            .MayNotExist()
            .Example(response: new GetUnsubscription.Response(MailKind.Digest, true));

    private static async Task<Results<Ok<GetUnsubscription.Response>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] UnsubscribeRequest request, Caller caller, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await UnsubscribeRequest.FindAsync(request.Token, caller, db, ct) is not { } mail)
            return Problems.NotFound("subscription");

        var hash = MailOptOut.HashOf(mail.RecipientAddress);
        if (!await db.MailOptOuts.AnyAsync(optOut => optOut.AddressHash == hash && optOut.Kind == mail.Kind, ct))
        {
            db.Add(MailOptOut.Create(mail.RecipientAddress, mail.Kind, clock.GetUtcNow()));
            audit.Record("mail.unsubscribed", mail.Id, organizationId: null, new { kind = EnumText.Of(mail.Kind) });
            await db.TrySaveAsync(AlreadyDone, ct);
        }

        return TypedResults.Ok(new GetUnsubscription.Response(mail.Kind, true));
    }
}
