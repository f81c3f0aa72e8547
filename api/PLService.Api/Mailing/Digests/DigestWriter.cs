using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Digests;

/// <summary>Writes to people what is due for them, in the caller's transaction; who has nothing due, or does not want it, gets nothing.</summary>
internal sealed class DigestWriter(IEnumerable<IDueItems> kinds, MailObstacles obstacles, Outbox outbox, AuditTrail audit, Caller caller, AccessOptions access)
{
    /// <summary>How many items a digest lists.</summary>
    public const int MaxItems = 25;

    /// <summary>Writes; the caller saves. Gives how many mails.</summary>
    public async Task<int> WriteAsync(IReadOnlyList<DigestReader> people, CancellationToken ct)
    {
        var found = await obstacles.OfAsync(MailKind.Digest, [.. people.Select(person => person.Email)], ct);
        var readers = people.Where(person => EmailAddress.IsValid(person.Email) && !found.IsUnsubscribed(person.Email) && !found.HasBounced(person.Email)).ToList();
        if (readers.Count == 0)
            return 0;

        var question = new DueQuestion(readers.ToDictionary(reader => reader.PersonId, reader => reader.Today), MaxItems);
        var answers = new List<DueAnswer>();
        foreach (var kind in kinds)
            answers.Add(await kind.ReadAsync(question, ct));
        var items = answers.SelectMany(answer => answer.Items).ToLookup(item => item.PersonId, item => item.Item);
        var mails = readers.Where(reader => items.Contains(reader.PersonId)).Select(reader => (
            new MailRecipient(reader.Email, reader.Name, reader.PersonId, reader.Language),
            (MailModel)MailOf([.. items[reader.PersonId]], answers.Sum(answer => answer.More.GetValueOrDefault(reader.PersonId))))).ToList();
        if (mails.Count == 0)
            return 0;

        await outbox.QueueManyAsync(mails, ct);
        audit.Record("digest.written", caller.TenantId, organizationId: null, new { mails = mails.Count });
        return mails.Count;
    }

    private DigestMail MailOf(List<DigestItem> items, int more) => new(
        // What one does oneself before what one watches.
        [.. items.OrderBy(item => item.DueOn ?? DateOnly.MaxValue).ThenBy(item => item.Progress is not null).Take(MaxItems)],
        access.WebLink(""), more + Math.Max(0, items.Count - MaxItems));
}
