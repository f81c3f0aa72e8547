using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing.Delivery;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing;

/// <summary>
/// Where slices leave their mail. It becomes rows of the caller's transaction, saved with the next SaveChanges: what is rolled back writes
/// to nobody, and what is committed is delivered, at least once.
/// </summary>
internal sealed class Outbox(
    PLServiceDbContext db, MailRows rows, Caller caller, MailTemplates templates, MailOptions options, AccessOptions access, JobQueue queue, TimeProvider clock)
{
    private const int RowsPerStatement = 1000;

    private string? _sender;
    private bool _isScheduled;

    /// <summary>Writes one mail; its status says whether it will be sent.</summary>
    /// <exception cref="ArgumentException">The address is not one: see <see cref="EmailAddress"/>.</exception>
    public async Task<Mail> QueueAsync(MailRecipient to, MailModel model, CancellationToken ct) => (await QueueAsync([(to, model)], ct))[0];

    /// <summary>Writes some at once, in the order in which they are given.</summary>
    public async Task<IReadOnlyList<Mail>> QueueAsync(IReadOnlyList<(MailRecipient To, MailModel Model)> mails, CancellationToken ct)
    {
        var written = await WriteAsync(mails, ct);
        db.AddRange(written);
        return written;
    }

    /// <summary>
    /// Writes any number, a thousand with one statement, and right away: in a transaction of the caller, who saves the job that delivers them.
    /// </summary>
    /// <returns>The ids, in the order in which they are given.</returns>
    public async Task<IReadOnlyList<Guid>> QueueManyAsync(IReadOnlyList<(MailRecipient To, MailModel Model)> mails, CancellationToken ct)
    {
        var ids = new List<Guid>(mails.Count);
        foreach (var some in mails.Chunk(RowsPerStatement))
        {
            var written = await WriteAsync(some, ct);
            await rows.InsertAsync(written, ct);
            ids.AddRange(written.Select(mail => mail.Id));
        }

        return ids;
    }

    /// <summary>Has queued mail delivered once the caller's transaction is committed.</summary>
    public void Schedule()
    {
        if (_isScheduled)
            return;
        _isScheduled = true;
        db.Add(Job.Create(MailDeliveryHandler.JobKind, caller.TenantId, organizationId: null, caller.ApiClientId, clock.GetUtcNow()));
        queue.Wake();
    }

    private async Task<List<Mail>> WriteAsync(IReadOnlyList<(MailRecipient To, MailModel Model)> mails, CancellationToken ct)
    {
        _sender ??= await db.Tenants.Select(tenant => tenant.Name).SingleAsync(ct);
        var unwanted = new HashSet<(string, MailKind)>();
        foreach (var kind in mails.Where(mail => mail.Model.Kind.CanBeUnsubscribed()).GroupBy(mail => mail.Model.Kind, mail => mail.To.Address))
            unwanted.UnionWith((await MailObstacles.UnwantedAsync(db, kind.Key, kind, ct)).Select(key => (key, kind.Key)));
        var written = mails.Select(mail => Write(mail.To, mail.Model, unwanted)).ToList();
        if (written.Exists(mail => mail.Status is MailStatus.Queued))
            Schedule();
        return written;
    }

    private Mail Write(MailRecipient to, MailModel model, HashSet<(string, MailKind)> unwanted)
    {
        if (!EmailAddress.IsValid(to.Address))
            throw new ArgumentException("A slice has to refuse what is no address before it writes to it.", nameof(to));
        var id = Guid.CreateVersion7();
        var recipient = to with { Name = NameOf(to.Name) };
        var unsubscription = model.Kind.CanBeUnsubscribed() ? Unsubscription(id) : null;
        var content = templates.Write(model, MailLanguage.For(to.Language), _sender!, unsubscription?.Address);
        var mail = Mail.Write(id, model.Kind, recipient, content, unsubscription, Domain, clock.GetUtcNow());
        if (unwanted.Contains((MailObstacles.KeyOf(to.Address), model.Kind)))
            mail.Suppress();
        else if (!options.IsConfigured)
            mail.Show();
        return mail;
    }

    private MailUnsubscription Unsubscription(Guid mailId)
    {
        var token = UnsubscribeTokens.New(caller.TenantId, mailId);
        return new($"{access.Issuer.TrimEnd('/')}/v1/unsubscribe?token={token}", UnsubscribeTokens.Hash(token));
    }

    private string Domain => options.IsConfigured ? options.From[(options.From.LastIndexOf('@') + 1)..] : new Uri(access.Issuer).Host;

    private static string? NameOf(string? name)
    {
        var line = MailText.OneLine(name ?? "");
        return line.Length == 0 ? null : line[..Math.Min(line.Length, Mail.NameMaxLength)];
    }
}
