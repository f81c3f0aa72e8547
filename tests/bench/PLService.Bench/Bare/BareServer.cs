using System.Globalization;
using System.Text;
using Npgsql;

namespace PLService.Bench.Bare;

/// <summary>
/// What one would write in an afternoon, and the yardstick: a minimal API on Npgsql with prepared statements. No ORM, no access control,
/// no validation, no tenants, no log. It is meant to be hard to beat, not to be used.
/// </summary>
internal static class BareServer
{
    public sealed record AssessmentBody(
        Guid Id, Guid OrganizationId, string OrganizationName, string ExternalId, string Title, string Round, string Status,
        DateTime? OpenedAt, DateTime? ClosedAt);

    public sealed record Page(List<AssessmentBody> Items, Guid? NextCursor);

    public sealed record Count(string Section, short Level, long Responses);

    public sealed record RoundCount(string Round, string Section, short Level, long Responses);

    public sealed record NewResponse(string ParticipantKey, Dictionary<string, string> Ratings);

    public sealed record Created(Guid Id);

    public sealed record Imported(int Rows, int Responses);

    private static readonly Dictionary<string, short> Levels = new() { ["green"] = 0, ["yellow"] = 1, ["red"] = 2, ["dont-know"] = 3 };

    public static async Task<int> RunAsync(string urls, string database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls(urls).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var settings = new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = true,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 1,
            CommandTimeout = 120,
        };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        var items = await ReadAsync(source, "select code, id from item", row => (Code: row.GetString(0), Id: row.GetInt32(1)), []);
        var itemIds = items.ToDictionary(item => item.Code, item => item.Id);

        await using var app = builder.Build();
        app.MapGet("/ready", () => "ready");
        app.MapGet("/districts/{id}/histogram", (Guid id) => ReadAsync(
            source, BareSchema.DistrictHistogram, row => new Count(row.GetString(0), row.GetInt16(1), row.GetInt64(2)), [id]));
        app.MapGet("/states/{id}/histogram", (Guid id) => ReadAsync(
            source, BareSchema.StateHistogram,
            row => new RoundCount(row.GetString(0), row.GetString(1), row.GetInt16(2), row.GetInt64(3)), [id]));
        app.MapGet("/assessments", async (string instrument, int limit, Guid? after) =>
        {
            var found = after is { } last
                ? await ReadAsync(source, BareSchema.NextAssessments, Assessment, [instrument, limit, last])
                : await ReadAsync(source, BareSchema.FirstAssessments, Assessment, [instrument, limit]);
            return new Page(found, found.Count == limit ? found[^1].Id : null);
        });
        app.MapGet("/assessments/{id}", async (Guid id) =>
            await ReadAsync(source, BareSchema.Assessment, Assessment, [id]) is [var one] ? Results.Ok(one) : Results.NotFound());
        app.MapPost("/assessments/{id}/packed-responses", async (Guid id, NewResponse body) =>
        {
            var levels = new short?[itemIds.Count];
            foreach (var (item, level) in body.Ratings)
                levels[itemIds[item] - 1] = Levels[level];
            var made = Guid.CreateVersion7();
            await using var command = Command(source.CreateCommand(BareSchema.InsertPacked), [made, id, body.ParticipantKey, levels]);
            await command.ExecuteNonQueryAsync();
            return Results.Created($"/responses/{made}", new Created(made));
        });
        app.MapPost("/assessments/{id}/responses", async (Guid id, NewResponse body) =>
        {
            var made = Guid.CreateVersion7();
            await using var connection = await source.OpenConnectionAsync();
            // One batch is one transaction and one round trip.
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new(BareSchema.InsertResponse)
            {
                Parameters = { new() { Value = made }, new() { Value = id }, new() { Value = body.ParticipantKey } },
            });
            batch.BatchCommands.Add(new(BareSchema.InsertRatings)
            {
                Parameters =
                {
                    new() { Value = made },
                    new() { Value = body.Ratings.Keys.Select(item => itemIds[item]).ToArray() },
                    new() { Value = body.Ratings.Values.Select(level => Levels[level]).ToArray() },
                },
            });
            await batch.ExecuteNonQueryAsync();
            return Results.Created($"/responses/{made}", new Created(made));
        });
        app.MapPost("/import", (HttpRequest request, string round) => ImportAsync(source, itemIds, round, request.Body));
        await app.RunAsync();
        return 0;
    }

    // A line is split at its commas, keys are looked up in dictionaries, ratings go out by COPY, all in one transaction: fast, and wrong as
    // soon as a file is not exactly as expected.
    private static async Task<Imported> ImportAsync(NpgsqlDataSource source, Dictionary<string, int> itemIds, string round, Stream body)
    {
        const string named = "select nces_id, id from organization where nces_id is not null";
        var districts = (await ReadAsync(source, named, row => (row.GetString(0), row.GetGuid(1)), [])).ToDictionary(row => row.Item1, row => row.Item2);
        var assessments = new Dictionary<string, (Guid Id, Guid District)>();
        var responses = new Dictionary<(Guid, string), Guid>();
        var ratings = new List<(Guid Response, int Item, short Level, DateTime RatedAt, string? Comment)>();
        using var reader = new StreamReader(body, Encoding.UTF8, false, 1 << 16);
        await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { } line)
        {
            var cells = line.Split(',', 7);
            if (!assessments.TryGetValue(cells[1], out var assessment))
                assessments.Add(cells[1], assessment = (Guid.CreateVersion7(), districts[cells[0]]));
            if (!responses.TryGetValue((assessment.Id, cells[2]), out var response))
                responses.Add((assessment.Id, cells[2]), response = Guid.CreateVersion7());
            var at = DateTime.Parse(cells[5], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            ratings.Add((response, itemIds[cells[3]], Levels[cells[4]], at, cells[6].Length > 0 ? cells[6].Trim('"') : null));
        }

        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        const string columns = "assessment (id, organization_id, instrument_id, external_id, title, round, status, opened_at)";
        await CopyAsync(connection, columns, assessments, async (copy, row) =>
        {
            await copy.WriteAsync(row.Value.Id);
            await copy.WriteAsync(row.Value.District);
            await copy.WriteAsync(1);
            await copy.WriteAsync(row.Key);
            await copy.WriteAsync($"Readiness {round}");
            await copy.WriteAsync(round);
            await copy.WriteAsync("open");
            await copy.WriteAsync(DateTime.UtcNow);
        });
        await CopyAsync(connection, "response (id, assessment_id, participant_key)", responses, async (copy, row) =>
        {
            await copy.WriteAsync(row.Value);
            await copy.WriteAsync(row.Key.Item1);
            await copy.WriteAsync(row.Key.Item2);
        });
        await CopyAsync(connection, "rating (response_id, item_id, level_id, rated_at, comment)", ratings, async (copy, row) =>
        {
            await copy.WriteAsync(row.Response);
            await copy.WriteAsync(row.Item);
            await copy.WriteAsync(row.Level);
            await copy.WriteAsync(row.RatedAt);
            await (row.Comment is null ? copy.WriteNullAsync() : copy.WriteAsync(row.Comment));
        });
        await transaction.CommitAsync();
        return new Imported(ratings.Count, responses.Count);
    }

    private static AssessmentBody Assessment(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetDateTime(7), row.IsDBNull(8) ? null : row.GetDateTime(8));

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, object[] values)
    {
        await using var command = Command(source.CreateCommand(sql), values);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync())
            found.Add(read(reader));
        return found;
    }

    private static NpgsqlCommand Command(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string target, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> write)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await write(copy, row);
        }

        await copy.CompleteAsync();
    }
}
