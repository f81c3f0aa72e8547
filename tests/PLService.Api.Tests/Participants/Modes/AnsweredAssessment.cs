using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants.Modes;

/// <summary>Somebody who answered, with all that is known of them from elsewhere.</summary>
/// <param name="Known">Id, name, mail address, key: whatever stands for them anywhere.</param>
/// <param name="Name">What the service would compute with: the key, or the person's id with its prefix.</param>
/// <param name="Truth">What they answered; what the attacks look for.</param>
internal sealed record Somebody(string[] Known, string Name, string Truth)
{
    /// <summary>When they joined and when they answered, watched from outside.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Watched { get; } = [];
}

/// <summary>An assessment that twenty people answered one after the other, each differently: they joined in one order and answered in another.</summary>
internal sealed record AnsweredAssessment(TestAssessment Assessment, IReadOnlyList<Somebody> People, int[] JoinOrder, int[] AnswerOrder)
{
    public const int Size = 20;

    // Without red, which needs a comment: what people write is theirs to keep to themselves.
    private static readonly (string Code, int Ordinal)[] Levels = [("green", 0), ("yellow", 1), ("dont-know", 3)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AnsweredAssessment> MakeAsync(ApiServer api, string mode)
    {
        var assessment = await api.OpenAssessmentAsync(mode);
        var code = (string?)(await assessment.OpenJoiningAsync())["code"];
        var sheets = Enumerable.Range(0, Levels.Length * Levels.Length * Levels.Length)
            .Select(i => (int[])[i % 3, i / 3 % 3, i / 9]).ToArray();
        RandomNumberGenerator.Shuffle(sheets.AsSpan());
        var people = new List<Somebody>();
        var accounts = new List<Person?>();
        for (var i = 0; i < Size; i++)
        {
            // Nothing is taken of who joins an anonymous assessment by a code, so that there are only people with accounts to look for.
            var person = mode == "anonymous" || i % 2 == 0 ? await assessment.NewParticipantAsync() : null;
            var key = $"Teacher-{Guid.NewGuid().ToString("N")[..10]}";
            accounts.Add(person);
            people.Add(new Somebody(
                person is null ? [key] : [person.Id.ToString(), person.Id.ToString("N"), person.Name, person.Email!],
                person is null ? key : Participation.PersonKeyPrefix + person.Id,
                "[" + string.Join(", ", sheets[i].Select(level => Levels[level].Ordinal)) + "]"));
        }

        int[] joinOrder = [.. Enumerable.Range(0, Size)], answerOrder = [.. Enumerable.Range(0, Size)];
        RandomNumberGenerator.Shuffle(joinOrder.AsSpan());
        RandomNumberGenerator.Shuffle(answerOrder.AsSpan());
        var participants = new TestParticipant[Size];
        foreach (var i in joinOrder)
        {
            participants[i] = await WatchAsync(people[i], async () => accounts[i] is { } person
                ? await assessment.StartedAsync(person)
                : assessment.With(await (await assessment.JoinAsync(new { code, participantKey = people[i].Known[0] })).ExpectAsync(HttpStatusCode.OK)));
        }

        foreach (var i in answerOrder)
        {
            await WatchAsync(people[i], async () =>
            {
                foreach (var (item, level) in ((string[])["A.1", "A.2", "B.1"]).Zip(sheets[i]))
                    await participants[i].RateAsync(item, Levels[level].Code);
                return await (await participants[i].SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
            });
        }

        return new(assessment, people, joinOrder, answerOrder);
    }

    /// <summary>All that the tenant's own role reads in the database, and all that the tenant gets from the service.</summary>
    public async Task<Loot> TakeAsync()
    {
        var rows = await TablesAsync();
        foreach (var address in (string[])[Assessment.Address + "/responses?limit=200", Assessment.Address + "/responses?limit=200&ratings=false", Assessment.Address + "/responses?limit=200&ratings=true",
            Assessment.Address + "/participants?limit=200", Assessment.Address + "/results", "/v1/audit?limit=200", "/v1/changes?limit=200"])
        {
            using var answer = await Assessment.Client.GetAsync(address, Ct);
            // What is refused is no loot.
            if (answer.StatusCode is HttpStatusCode.Conflict)
                continue;
            var body = await answer.ExpectAsync(HttpStatusCode.OK);
            rows.AddRange((body["items"]?.AsArray().Select(item => item!.DeepClone().AsObject()) ?? [body]).Select(item => new Row(address, 0, 0, 0, item)));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, Assessment.Address + "/results") { Headers = { { "Accept", "text/csv" } } };
        using var csv = await Assessment.Client.SendAsync(request, Ct);
        rows.AddRange((await csv.Content.ReadAsStringAsync(Ct)).Split('\n').Select(line => new Row("csv", 0, 0, 0, new JsonObject { ["line"] = line })));
        return new Loot(this, rows);

        Task<List<Row>> TablesAsync() => Assessment.Tenant.StoredAsync(async db =>
        {
            var found = new List<Row>();
            var tables = await db.Database.SqlQuery<string>(
                $"""
                 select c.relname::text as "Value" from pg_class c
                 where c.relnamespace = 'pls'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'select')
                 """).ToListAsync(Ct);
            Assert.Empty(((string[])["response", "participation", "audit_event", "job", "idempotency_record", "mail", "person_session"]).Except(tables));
            foreach (var table in tables)
            {
                var sql = "select t.ctid::text || ' ' || t.xmin::text || ' ' || to_jsonb(t)::text as \"Value\" from pls." + table + " t";
                found.AddRange((await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Ct)).Select(text => Row.Read(table, text)));
            }

            return found;
        });
    }

    private static async Task<T> WatchAsync<T>(Somebody who, Func<Task<T>> act)
    {
        var from = DateTimeOffset.UtcNow;
        var done = await act();
        who.Watched.Add((from, DateTimeOffset.UtcNow));
        return done;
    }
}
