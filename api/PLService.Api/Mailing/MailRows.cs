using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing;

/// <summary>Writes many mails with one statement, below EF, in the caller's transaction.</summary>
internal sealed class MailRows(TenantReader reader, Caller caller)
{
    private const string Insert =
        """
        insert into pls.mail (tenant_id, id, kind, status, recipient_person_id, recipient_address, recipient_name, language, subject, text_body, html_body,
                              unsubscribe_address, unsubscribe_hash, message_id, due_at, queued_at, created_at, updated_at)
        select $1, m.id, m.kind, m.status, m.person, m.address, m.name, m.language, m.subject, m.text, m.html, m.unsubscribe, m.hash, m.message,
               case when m.status = 'queued' then m.at end, m.at, m.at, m.at
        from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::bytea[], $14::text[], $15::timestamptz[])
            m(id, kind, status, person, address, name, language, subject, text, html, unsubscribe, hash, message, at)
        """;

    public Task<int> InsertAsync(IReadOnlyCollection<Mail> mails, CancellationToken ct)
    {
        // A statement that would be committed by itself could be left behind by what it belongs to.
        if (!reader.IsJoining)
            throw new InvalidOperationException("Many mails are written in a transaction.");
        var command = new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                Array(mails, mail => mail.Id, NpgsqlDbType.Uuid),
                Array(mails, mail => EnumText.Of(mail.Kind), NpgsqlDbType.Text),
                Array(mails, mail => EnumText.Of(mail.Status), NpgsqlDbType.Text),
                Array(mails, mail => mail.RecipientPersonId, NpgsqlDbType.Uuid),
                Array(mails, mail => mail.RecipientAddress, NpgsqlDbType.Text),
                Array(mails, mail => mail.RecipientName, NpgsqlDbType.Text),
                Array(mails, mail => mail.Language, NpgsqlDbType.Text),
                Array(mails, mail => mail.Subject, NpgsqlDbType.Text),
                Array(mails, mail => mail.TextBody, NpgsqlDbType.Text),
                Array(mails, mail => mail.HtmlBody, NpgsqlDbType.Text),
                Array(mails, mail => mail.UnsubscribeAddress, NpgsqlDbType.Text),
                Array(mails, mail => mail.UnsubscribeHash, NpgsqlDbType.Bytea),
                Array(mails, mail => mail.MessageId, NpgsqlDbType.Text),
                Array(mails, mail => mail.QueuedAt, NpgsqlDbType.TimestampTz),
            },
        };
        return reader.ExecuteAsync(command, (rows, _) => Task.FromResult(rows.RecordsAffected), ct);
    }

    private static NpgsqlParameter Array<T>(IEnumerable<Mail> mails, Func<Mail, T> column, NpgsqlDbType type) =>
        new() { Value = mails.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
