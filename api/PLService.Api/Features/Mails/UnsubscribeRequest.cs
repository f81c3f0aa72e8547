using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using System.Security.Cryptography;

namespace PLService.Api.Features.Mails;

/// <summary>The token of a link in a mail.</summary>
public sealed class UnsubscribeRequest
{
    /// <summary>The token, as the link has it.</summary>
    public string? Token { get; init; }

    public sealed class Validator : AbstractValidator<UnsubscribeRequest>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(200);
    }

    /// <summary>
    /// The mail that the token came in; null when there is none. From here on the request works within the tenant that the token names,
    /// which is the one of the mail or shows nothing.
    /// </summary>
    internal static async Task<Mail?> FindAsync(string? token, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (!UnsubscribeTokens.TryRead(token ?? "", out var tenantId, out var mailId))
            return null;
        if (!caller.IsKnown || caller.TenantId != tenantId)
            caller.Become(CallerIdentity.Service(tenantId));
        var mail = await db.Mails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.UnsubscribeHash != null, ct);
        return mail is not null && CryptographicOperations.FixedTimeEquals(mail.UnsubscribeHash, UnsubscribeTokens.Hash(token!)) ? mail : null;
    }
}
