using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Mails;

/// <summary>
/// What the link in a mail would end, and whether it has. Reading changes nothing, for mail programs follow links by themselves; a POST to
/// the same address does it.
/// </summary>
internal static class GetUnsubscription
{
    /// <param name="Kind">The kind of mail that the link is about.</param>
    /// <param name="Unsubscribed">Whether the recipient gets no more of it.</param>
    public sealed record Response(MailKind Kind, bool Unsubscribed);

    public static void Map(RouteGroupBuilder unsubscribe) =>
        unsubscribe.MapGet("/", Handle)
            .AllowAnonymous()
            .UseCase(nameof(GetUnsubscription), "See what a link to unsubscribe is about")
            .Validate<UnsubscribeRequest>()
            .MayNotExist()
            .Example(response: new Response(MailKind.Digest, false));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] UnsubscribeRequest request, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (await UnsubscribeRequest.FindAsync(request.Token, caller, db, ct) is not { } mail)
            return Problems.NotFound("subscription");

        var hash = MailOptOut.HashOf(mail.RecipientAddress);
        return TypedResults.Ok(new Response(mail.Kind, await db.MailOptOuts.AnyAsync(optOut => optOut.AddressHash == hash && optOut.Kind == mail.Kind, ct)));
    }
}
