using Npgsql;
using NpgsqlTypes;

namespace PLService.Api.Persistence.Assessments;

/// <summary>
/// Stores responses of several callers of one tenant, each under its own caller's reach, with an audit event each. It never waits for anybody: what
/// belongs to an assessment that is being closed is left out, and so is what is refused; those ask again by themselves.
/// </summary>
internal static class ResponseBatch
{
    /// <summary>Rows of one statement at most.</summary>
    public const int MaxRows = 64;

    /// <summary>Bytes of ratings and comments of one statement at most, unless a single row has more.</summary>
    public const int MaxSize = 1024 * 1024;

    /// <summary>For a key that somebody else's transaction is about to take: rather let each row wait by itself.</summary>
    private const string DoNotWait = "SET LOCAL lock_timeout = '100ms'";

    // $8: all levels in a row, of which each response owns the part from first to last. $16, $17: roots of the subtrees that a response's caller is
    // limited to, by the response's number. Rows go in by key, so that two statements with the same keys cannot wait for each other.
    private const string Sql =
        """
        with r as materialized (
            select * from unnest($2::uuid[], $3::uuid[], $4::bool[], $5::text[], $6::text[], $7::int[], $9::jsonb[], $10::text[], $11::timestamptz[],
                $12::timestamptz[], $13::uuid[], $14::uuid[], $15::text[], $18::bool[], $19::uuid[])
                with ordinality as r (id, assessment_id, is_given, participant_key, role, last, comments, status, rated_at, at, audit_id, api_client_id,
                    trace_id, is_limited, person_id, number)
        ), a as materialized (
            select a.id, a.organization_id, a.mode, a.roles from pls.assessment a
            where a.tenant_id = $1 and a.id = any($3) and a.status = 'open' order by a.id for key share of a skip locked
        ), made as (
            insert into pls.response (tenant_id, id, assessment_id, participant_key, role, levels, comments, status, rated_at, submitted_at, created_at, updated_at)
            select $1, r.id, r.assessment_id, r.participant_key, r.role, ($8::smallint[])[coalesce(($7::int[])[r.number - 1], 0) + 1 : r.last], r.comments,
                r.status, r.rated_at, case r.status when 'submitted' then r.at end, r.at, r.at
            from r join a on a.id = r.assessment_id
            where (a.mode <> 'anonymous' or not r.is_given) and (r.role is null or cardinality(a.roles) = 0 or r.role = any(a.roles))
                and (not r.is_limited or exists (
                    select from unnest($16::int[], $17::uuid[]) as reach (number, root)
                    join pls.organization_closure c on c.tenant_id = $1 and c.ancestor_id = reach.root and c.descendant_id = a.organization_id
                    where reach.number = r.number))
            order by r.assessment_id, r.participant_key
            on conflict (tenant_id, assessment_id, participant_key) do nothing
            returning id
        ), noted as (
            insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, trace_id)
            select $1, r.audit_id, r.at, r.api_client_id, r.person_id, a.organization_id, 'response.created', 'response', r.id, r.trace_id
            from made join r on r.id = made.id join a on a.id = r.assessment_id
        )
        select id from made
        """;

    /// <summary>Ids of those that are stored now.</summary>
    public static Task<HashSet<Guid>> WriteAsync(NpgsqlDataSource source, IReadOnlyList<ResponseQueues.Place> places)
    {
        var reader = new TenantReader(source, places[0].Author.Caller);
        // For one alone the shorter statement is quicker.
        return places is [var alone]
            ? reader.ExecuteAsync(
                [new NpgsqlBatchCommand(DoNotWait), ResponseInsert.Command(alone.Row, alone.Author, waits: false)],
                async (rows, token) => (await ResponseInsert.ReadAsync(rows, token)).IsInserted ? new HashSet<Guid> { alone.Row.Id } : [],
                CancellationToken.None)
            : reader.ExecuteAsync([new NpgsqlBatchCommand(DoNotWait), Command(places)], ReadAsync, CancellationToken.None);
    }

    private static async Task<HashSet<Guid>> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var stored = new HashSet<Guid>();
        while (await rows.ReadAsync(ct))
            stored.Add(rows.GetGuid(0));
        return stored;
    }

    private static NpgsqlBatchCommand Command(IReadOnlyList<ResponseQueues.Place> places)
    {
        var levels = places.SelectMany(place => place.Row.Levels).ToArray();
        var lasts = new int[places.Count];
        for (var (i, last) = (0, 0); i < lasts.Length; i++)
            lasts[i] = last += places[i].Row.Levels.Length;
        var reach = places.SelectMany((place, i) => (place.Author.Roots ?? []).Select(root => (Number: i + 1, Root: root))).ToList();
        return new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = places[0].Author.TenantId },
                Column(row => row.Id),
                Column(row => row.AssessmentId),
                Column(row => row.GivenKey is not null),
                Column(row => row.ParticipantKey),
                Column(row => row.Role),
                new NpgsqlParameter<int[]> { TypedValue = lasts },
                new NpgsqlParameter<short?[]> { TypedValue = levels },
                new NpgsqlParameter<string?[]> { TypedValue = [.. places.Select(place => place.Row.CommentsJson)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                Column(ResponseInsert.StatusOf),
                Column(row => row.RatedAt),
                Column(row => row.At),
                Column(_ => Guid.CreateVersion7()),
                Authors(author => author.ApiClientId),
                Authors(author => author.TraceId),
                new NpgsqlParameter<int[]> { TypedValue = [.. reach.Select(pair => pair.Number)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. reach.Select(pair => pair.Root)] },
                Authors(author => author.Roots is not null),
                Authors(author => author.PersonId),
            },
        };

        NpgsqlParameter<T[]> Column<T>(Func<NewResponse, T> of) => new() { TypedValue = [.. places.Select(place => of(place.Row))] };

        NpgsqlParameter<T[]> Authors<T>(Func<ResponseAuthor, T> of) => new() { TypedValue = [.. places.Select(place => of(place.Author))] };
    }
}
