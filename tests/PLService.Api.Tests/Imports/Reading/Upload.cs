using System.IO.Compression;
using System.Text;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

/// <summary>A rating, count or comment as a test wants to see it.</summary>
internal sealed record Cell(string Assessment, string Who, string Item, string Level, int Count = 1, string? Axis = null);

/// <summary>All that was read from a file, the dictionaries resolved.</summary>
internal sealed record Outcome(
    List<Cell> Cells, List<(string Who, string? Item, string Text)> Comments, List<ImportIssue> Issues,
        IReadOnlyList<ImportIssue> FileFaults)
{
    public List<OrganizationRow> Organizations { get; } = [];

    public List<AssessmentScope> Scopes { get; } = [];

    public Dictionary<string, (string? Role, DateTime? RatedAt, int Participants)> People { get; } = [];

    public int Records { get; set; }

    public int Rejected { get; set; }

    public int Repeated { get; set; }

    public int Batches { get; set; }

    public ImportIssue TheOnlyIssue => Assert.Single(Issues);

    public ImportIssue TheOnlyFileFault => Assert.Single(FileFaults);
}

internal static class Upload
{
    public const string LongHeader = "district_nces_id,assessment_external_id,participant_key,item_code,level,rated_at,comment";

    public static ImportReadOptions Long { get; } = new() { Kind = ImportKind.ReadinessRatings, Format = ImportFormat.Csv };

    public static ImportReadOptions Wide { get; } = new()
    {
        Kind = ImportKind.ReadinessWide,
        Format = ImportFormat.Csv,
        Defaults = new() { AssessmentExternalId = "a-1" }
    };

    public static ImportReadOptions Tally { get; } = new()
    {
        Kind = ImportKind.Tallies,
        Format = ImportFormat.Csv,
        Defaults = new() { AssessmentExternalId = "a-1" }
    };

    public static ImportReadOptions Organizations { get; } = new() { Kind = ImportKind.Organizations, Format = ImportFormat.Csv };

    public static ImportReadOptions Lines(this ImportReadOptions options) => options with { Format = ImportFormat.Ndjson };

    public static Task<Outcome> Text(string text, ImportReadOptions? options = null) => Bytes(Encoding.UTF8.GetBytes(text), options);

    public static Task<Outcome> Bytes(byte[] bytes, ImportReadOptions? options = null) => Stream(new Trickle(bytes), options);

    public static async Task<Outcome> Stream(Stream body, ImportReadOptions? options = null)
    {
        options ??= Long;
        var outcome = new Outcome([], [], [], []);
        try
        {
            await using var reader = await ImportReader.OpenAsync(body, options, TestContext.Current.CancellationToken);
            if (options.Kind is ImportKind.Organizations)
            {
                await foreach (var batch in reader.ReadOrganizationsAsync(TestContext.Current.CancellationToken))
                {
                    outcome.Organizations.AddRange(batch.Rows);
                    Add(outcome, batch);
                }
            }
            else
            {
                await foreach (var batch in reader.ReadRatingsAsync(TestContext.Current.CancellationToken))
                    Add(outcome, batch);
            }
        }
        catch (ImportFileException e)
        {
            return outcome with { FileFaults = e.Issues };
        }

        return outcome;
    }

    private static void Add(Outcome outcome, ImportBatch batch)
    {
        outcome.Issues.AddRange(batch.Issues);
        outcome.Records += batch.RecordsRead;
        outcome.Rejected += batch.RecordsRejected;
        outcome.Repeated += batch.RecordsRepeated;
        outcome.Batches++;
        if (batch is RatingBatch ratings)
        {
            AddRatings(outcome, ratings);
            ratings.Release();
        }
    }

    private static void AddRatings(Outcome outcome, RatingBatch batch)
    {
        var scopes = batch.Scopes.Span;
        var questions = batch.QuestionTable.Span;
        var answers = batch.AnswerTable.Span;
        var roles = batch.Roles.Span;
        outcome.Scopes.Clear();
        outcome.Scopes.AddRange(scopes);
        for (var i = 0; i < batch.SubjectCount; i++)
        {
            var person = batch.People[i];
            outcome.People[Who(batch, i)] = (
                person.Role < 0 ? null : roles[person.Role],
                person.RatedAtTicks == 0 ? null : new DateTime(person.RatedAtTicks, DateTimeKind.Utc),
                person.Participants);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var question = questions[batch.Questions[i]];
            var scope = scopes[batch.People[batch.Subjects[i]].Scope];
            outcome.Cells.Add(new(
                scope.AssessmentExternalId ?? scope.AssessmentId?.ToString() ?? scope.Round ?? "",
                Who(batch, batch.Subjects[i]), question.ItemCode, answers[batch.Answers[i]], batch.Counts[i], question.Axis));
        }

        for (var i = 0; i < batch.CommentCount; i++)
        {
            var (subject, question, text) = batch.Comment(i);
            outcome.Comments.Add((Who(batch, subject), question < 0 ? null : questions[question].ItemCode, text));
        }
    }

    private static string Who(RatingBatch batch, int subject) => Encoding.UTF8.GetString(batch.KeyOf(subject));

    public static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return output.ToArray();
    }

    /// <summary>Gives a few bytes at a time, as a network does, so that every boundary is met.</summary>
    internal class Trickle(byte[] bytes, int portion = 7) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(Length > 1 << 16 ? buffer : buffer[..Math.Min(portion, buffer.Length)], cancellationToken);
    }
}
