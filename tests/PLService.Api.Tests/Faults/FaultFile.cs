using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>A file of 100,000 ratings, what must be stored of it, and the organizations and the instrument that it needs.</summary>
internal sealed class FaultFile
{
    public const int Rows = Schools * People * Items;
    private const int Schools = 10;
    private const int People = 200;
    private const int Items = 50;
    private const int Levels = 4;

    private readonly Dictionary<string, short[]> _expected = [];

    public FaultFile(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("school_nces_id,participant_key,item_code,level\n");
        for (var school = 0; school < Schools; school++)
        {
            for (var person = 0; person < People; person++)
            {
                var said = new short[Items];
                for (var item = 0; item < Items; item++)
                {
                    said[item] = (short)random.Next(Levels);
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Nces(school)},p-{person},I.{item + 1},l{said[item]}\n");
                }

                _expected[$"{Nces(school)} p-{person}"] = said;
            }
        }

        Bytes = Encoding.UTF8.GetBytes(text.ToString());
    }

    public byte[] Bytes { get; }

    /// <summary>Each round is an import of its own.</summary>
    public static string Query(string round) => $"kind=readinessRatings&instrument=fifty&round={round}&createAssessments=true&acceptWarnings=true";

    public static async Task PrepareAsync(HttpClient client)
    {
        await client.PublishAsync(Instrument());
        for (var school = 0; school < Schools; school++)
        {
            var made = await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/by-id/nces/{Nces(school)}", new { kind = "school", name = $"School {school}" });
            await made.ExpectAsync(HttpStatusCode.Created);
        }
    }

    /// <summary>Fails unless a round has every row of the file exactly once, from one import, and nothing else.</summary>
    public async Task AssertStoredOnceAsync(FaultDatabase database, string round, CancellationToken ct)
    {
        var imports = await database.AskAsync<string>(
            "select concat_ws(' ', i.status, j.status, i.receipt ->> 'records', i.receipt ->> 'accepted') from pls.import i join pls.job j on j.tenant_id = i.tenant_id and j.id = i.job_id where i.options ->> 'round' = $1",
            ct, round);
        Assert.Equal([$"completed succeeded {Rows} {Rows}"], imports);
        var stored = await database.AskAsync<string>(
            """
            select concat_ws(' ', o.value, r.participant_key, array_to_string(r.levels, ',', '-'))
            from pls.response r join pls.assessment a on a.tenant_id = r.tenant_id and a.id = r.assessment_id
            join pls.organization_identifier o on o.tenant_id = a.tenant_id and o.organization_id = a.organization_id
            where a.round = $1
            """,
            ct, round);
        Assert.Equal(_expected.Select(e => $"{e.Key} {string.Join(',', e.Value)}").Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        // As many traces as effects.
        Assert.Equal(
            [Schools],
            await database.AskAsync<long>(
                "select count(*) from pls.audit_event e join pls.assessment a on a.tenant_id = e.tenant_id and a.id = e.resource_id where e.action = 'assessment.created' and a.round = $1",
                ct, round));
    }

    private static string Nces(int school) => $"09000300{school:D4}";

    private static JsonObject Instrument() => new()
    {
        ["code"] = "fifty",
        ["version"] = "1.0",
        ["title"] = new JsonObject { ["en"] = "Fifty" },
        ["marksPerParticipant"] = 1,
        ["scales"] = new JsonArray(new JsonObject
        {
            ["code"] = "four",
            ["title"] = new JsonObject { ["en"] = "Four" },
            ["direction"] = "bestLast",
            ["levels"] = new JsonArray([.. Enumerable.Range(0, Levels).Select(l => new JsonObject { ["code"] = $"l{l}", ["label"] = new JsonObject { ["en"] = $"Level {l}" }, ["score"] = l })]),
        }),
        ["axes"] = new JsonArray(new JsonObject { ["code"] = "status", ["title"] = new JsonObject { ["en"] = "Status" }, ["scale"] = "four" }),
        ["sections"] = new JsonArray(new JsonObject
        {
            ["code"] = "I",
            ["title"] = new JsonObject { ["en"] = "All" },
            ["items"] = new JsonArray([.. Enumerable.Range(1, Items).Select(i => new JsonObject { ["code"] = $"I.{i}", ["text"] = new JsonObject { ["en"] = $"Item {i}" } })]),
        }),
    };
}
