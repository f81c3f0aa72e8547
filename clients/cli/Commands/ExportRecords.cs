using System.CommandLine;
using PLService.Cli.Exports;
using PLService.Cli.Output;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>The commands of <c>pls export</c> that write records, with the columns that <c>pls import</c> reads.</summary>
internal static class ExportRecords
{
    private const int WholePages = 500;

    private static readonly string[] AssessmentColumns =
        ["organization_id_system", "organization_id", "assessment_external_id", "assessment_id", "instrument", "instrument_version", "round"];

    private static readonly string[] OrganizationColumns =
    [
        "organization_id_system", "organization_id", "name", "kind", "parent_id_system", "parent_id", "time_zone", "opened_on", "closed_on",
        "successor_id_system", "successor_id",
    ];

    private static readonly Option<string?> Within = new("--within") { Description = "Only this organization and everything below it.", HelpName = "id" };
    private static readonly Option<RecordFormat?> Format = Words.Option<RecordFormat>("--format", "csv unless given; ndjson is a JSON object a line; json is what --json gives.");
    private static readonly Option<bool> NoRatings = new("--no-ratings") { Description = "A row per participant: who answered, and whether it was handed in." };

    public static Command Responses() =>
        new Command("responses", "What participants answered, a row per rating, as 'pls import --kind readinessRatings' takes them.")
        {
            AssessmentReference.Argument, NoRatings, Format, ExportCommands.File,
        }
        .WithNotes(
            "Ratings leave a named assessment alone; a confidential one tells who answered (--no-ratings), an anonymous one nothing.",
            "Every export of people's data is put on record.")
        .WithExamples("pls export responses fall-2026-cedar -o ratings.csv", "pls export responses fall-2026-cedar --no-ratings", "pls export responses fall-2026-cedar --format ndjson")
        .Runs((session, ct) => OfAssessmentAsync(session, session.Parsed.GetValue(NoRatings) ? ParticipantRows.Columns : RatingRows.Columns, (file, one, scope) =>
            session.Parsed.GetValue(NoRatings)
                ? ParticipantRows.WriteAsync(file, scope, session.Client.ListAllResponsesAsync(one.Id, ratings: false, limit: WholePages, cancellationToken: ct))
                : RatingRows.WriteAsync(file, scope, session.Client.ListAllResponsesAsync(one.Id, ratings: true, limit: WholePages, cancellationToken: ct)), ct));

    public static Command Tallies() =>
        new Command("tallies", "The tallies of an assessment, a row per count, as 'pls import --kind tallies' takes them.")
        {
            AssessmentReference.Argument, Format, ExportCommands.File,
        }
        .WithExamples("pls export tallies fall-2026-cedar -o tallies.csv")
        .Runs((session, ct) => OfAssessmentAsync(session, TallyRows.Columns, (file, one, scope) =>
            TallyRows.WriteAsync(file, scope, session.Client.ListAllTalliesAsync(one.Id, limit: WholePages, cancellationToken: ct)), ct));

    public static Command Organizations() =>
        new Command("organizations", "Organizations, as 'pls import --kind organizations' takes them.") { Within, Format, ExportCommands.File }
        .WithNotes("An organization is named by the first of its outside ids; one that has none cannot be named in a file, and is left out.")
        .WithExamples("pls export organizations -o organizations.csv", "pls export organizations --within nces:0612345 --format ndjson")
        .Runs(async (session, ct) =>
        {
            var client = session.Client;
            var root = await OrganizationReference.IdAsync(client, session.Parsed.GetValue(Within), ct);
            var found = await client.ListAllOrganizationsAsync(ancestorId: root, limit: WholePages, cancellationToken: ct).ToListAsync(ct);
            var names = new OutsideNames(client, found);
            var written = 0;
            await ExportCommands.WriteAsync(session, async output =>
            {
                await using var file = Open(session, output, OrganizationColumns);
                foreach (var one in found)
                {
                    if (await names.OfAsync(one.Id, ct) is not { } name)
                        continue;
                    var (parent, successor) = (await names.OfAsync(one.ParentId, ct), await names.OfAsync(one.SuccessorId, ct));
                    await file.WriteAsync(
                        name.System, name.Value, one.Name, Words.Of(one.Kind), parent?.System, parent?.Value, one.TimeZone, one.OpenedOn, one.ClosedOn,
                        successor?.System, successor?.Value);
                }

                written = file.Count;
            });
            if (written < found.Count)
                session.Screen.Warn($"{found.Count - written} of {found.Count} organizations have no outside id, by which a file could name them; they are left out.");
            return ExitCodes.Done;
        });

    private static async Task<int> OfAssessmentAsync(
        Session session, string[] columns, Func<RecordFile, AssessmentResponse, object?[], Task> write, CancellationToken ct)
    {
        var one = await AssessmentReference.FindAsync(session, ct);
        var name = (await session.Client.GetOrganizationAsync(one.OrganizationId, ct)).Identifiers is [var first, ..] ? first : null;
        // The service's own id only where no other name would find the assessment again: elsewhere it means nothing.
        var id = one.ExternalId is null && name is null ? one.Id.ToString() : null;
        object?[] scope = [name?.System, name?.Value, one.ExternalId, id, one.Instrument.Code, one.Instrument.Version, one.Round];
        await ExportCommands.WriteAsync(session, async output =>
        {
            await using var file = Open(session, output, [.. AssessmentColumns, .. columns]);
            await write(file, one, scope);
        });
        return ExitCodes.Done;
    }

    private static RecordFile Open(Session session, Stream output, string[] columns) =>
        new(output, session.Parsed.GetValue(Format) ?? (session.Screen.IsJson ? RecordFormat.Json : RecordFormat.Csv), columns);
}
