using System.CommandLine;
using PLService.Cli.Imports;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls import</c>: a file in, and what became of it.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file: CSV or NDJSON, gzip or not; - reads standard input." };
    private static readonly Argument<string> FileOfKind = new("file") { Description = File.Description };
    private static readonly Argument<string> RosterFile = new("file") { Description = "The zip; - reads standard input." };
    private static readonly Option<ImportKind?> Kind = Words.Option<ImportKind>("--kind", "What the rows say (see below).");
    private static readonly Option<string?> Instrument = Text("--instrument", "Code of the instrument, for rows that do not name one.", "code");
    private static readonly Option<string?> Version = Text("--instrument-version", "Its version; the latest published one unless given.", "label");
    private static readonly Option<string?> Round = Text("--round", "Label of the round, for rows that do not name one.", "label");
    private static readonly Option<string?> Organization = Text("--organization", "The organization, for rows that do not name one.", "id");
    private static readonly Option<string?> IdSystem = Text("--id-system", "System of outside ids in columns that do not tell theirs, such as nces.", "system");
    private static readonly Option<Guid?> Assessment = new("--assessment") { Description = "The assessment, for rows that do not name one.", HelpName = "id" };
    private static readonly Option<string?> ExternalId = Text("--assessment-external-id", "The same by its external id.", "text");
    private static readonly Option<DateOnly?> Opens = new("--window-opens") { Description = "First day of the window of assessments that are created.", HelpName = "date" };
    private static readonly Option<DateOnly?> Closes = new("--window-closes") { Description = "Last day of that window.", HelpName = "date" };
    private static readonly Option<AssessmentMode?> Mode = Words.Option<AssessmentMode>("--mode", "Mode of assessments that are created.");
    private static readonly Option<string?> TimeZone = Text("--time-zone", "IANA zone of times that name none; UTC unless given.", "zone");
    private static readonly Option<string?> IgnoreColumns = Text("--ignore-columns", "Columns to pass over, separated by commas.", "names");
    private static readonly Option<OnError?> Faulty = Words.Option<OnError>("--on-error", "abort (unless given) takes nothing of a file with errors; skip takes the rows without.");
    private static readonly Option<bool> Create = Flag("--create-assessments", "Create the assessments that the rows name and that do not exist yet.");
    private static readonly Option<bool> Close = Flag("--close-assessments", "Close every assessment of the file after its rows are in.");
    private static readonly Option<bool> Keys = Flag("--generate-participant-keys", "Of a wide file without keys: make a participant of every row.");
    private static readonly Option<bool> DryRun = Flag("--dry-run", "Do everything but store; says what would happen.");
    private static readonly Option<bool> Accept = Flag("--accept-warnings", "Take unusual values as right.");
    private static readonly Option<double?> MostDeactivated = new("--max-deactivated-share")
    {
        Description = "Of people and rosters: which share of the active ones the file may deactivate, 0 to 1; 0.2 unless given.",
        HelpName = "share",
    };

    private static readonly Option<GivenRole?> GiveRole = Words.Option<GivenRole>("--give-role", "Of a roster: the role that its staff gets where it works; none unless given.");
    private static readonly Option<bool> NoWait = Flag("--no-wait", "Come back as soon as the file is stored; 'pls imports wait' waits later.");

    public static Command Build()
    {
        Kind.Required = true;
        return new Command("import", "Import a file: ratings, paper tallies, organizations, people, their roles, or plans.")
        {
            File, Kind, Instrument, Version, Round, Organization, IdSystem, Assessment, ExternalId, Opens, Closes, Mode, TimeZone, IgnoreColumns,
            Faulty, Create, Close, Keys, DryRun, Accept, MostDeactivated, GiveRole, NoWait, ImportOutcome.ErrorFile, People(), Memberships(), OneRoster(),
        }
        .WithNotes(
            "readinessRatings   a row per rating",
            "readinessWide      a row per participant, a column per item: what form tools export",
            "tallies            a row per group and item with counts of levels: posters that were filled on paper",
            "organizations      a row per state, region, district or school",
            "people             a row per person",
            "memberships        a row per role of a person in a place",
            "plans              a row per plan, strategy, action step or obstacle: what 'pls plans export' writes",
            "oneRoster          a zip by OneRoster 1.1 or 1.2: organizations and staff",
            "Importing the same file again changes nothing. Rows with errors are saved beside the file, with the reason in each: mend them there and import that file.",
            "Exit codes: 0 every row is in, 2 some rows are in, 1 none is.")
        .WithExamples(
            "pls import organizations.csv --kind organizations",
            "pls import people people.csv --dry-run",
            "pls import memberships roles.csv",
            "pls import oneroster roster.zip --dry-run",
            "pls import ratings.csv --kind readinessRatings --create-assessments --dry-run",
            "pls import ratings.csv.gz --kind readinessRatings --create-assessments --close-assessments --on-error skip",
            "pls import form.csv --kind readinessWide --assessment-external-id fall-2026-cedar --json | jq .receipt")
        .Runs((session, ct) => RunAsync(session, session.Parsed.GetRequiredValue(File), session.Parsed.GetValue(Kind)!.Value, ct));
    }

    private static Command People() =>
        new Command("people", "Import people: new ones are added without any role, known ones changed, inactive ones shut out.")
        {
            FileOfKind, Organization, IdSystem, IgnoreColumns, Faulty, MostDeactivated, DryRun, NoWait, ImportOutcome.ErrorFile,
        }
        .WithNotes(
            "Columns: person_hr_id (or person_id_system and person_id) or email; name, or given_name and family_name; organization_nces_id (or organization_id_system and organization_id);",
            "position, employee_group, language, time_zone, status (active or inactive). An empty cell leaves what is stored, and so does a missing row.")
        .WithExamples("pls import people people.csv --dry-run", "pls import people leavers.csv --max-deactivated-share 0.5")
        .Runs((session, ct) => RunAsync(session, session.Parsed.GetRequiredValue(FileOfKind), ImportKind.People, ct));

    private static Command Memberships() =>
        new Command("memberships", "Import roles of people: new ones are given, known ones get the days that the file says.")
        {
            FileOfKind, Organization, IdSystem, IgnoreColumns, Faulty, DryRun, NoWait, ImportOutcome.ErrorFile,
        }
        .WithNotes(
            "Columns: person_hr_id (or person_id_system and person_id) or email; role; organization_nces_id (or organization_id_system and organization_id), * for the whole tenant;",
            "starts_on and ends_on: an empty one leaves what is stored, none takes it away. A last day in the past ends the role; a missing row leaves it.")
        .WithExamples("pls import memberships roles.csv --dry-run", "pls import memberships roles.csv --on-error skip")
        .Runs((session, ct) => RunAsync(session, session.Parsed.GetRequiredValue(FileOfKind), ImportKind.Memberships, ct));

    /// <summary><c>pls plans import</c>.</summary>
    public static Command Plans() =>
        new Command("import", "Import plans: new ones are made, known ones changed where the file says something new.")
        {
            FileOfKind, Organization, IdSystem, IgnoreColumns, Faulty, DryRun, NoWait, ImportOutcome.ErrorFile,
        }
        .WithNotes(
            "Columns: organization_nces_id (or organization_id_system and organization_id), plan_external_id, plan_title, plan_starts_on, plan_ends_on; strategy_external_id, strategy_title;",
            "step_external_id, step_title, step_description, owner_email, owner_name, starts_on, due_on, status, done_on, tools_and_materials, serves (framework:code); lists are separated by |.",
            "An empty cell leaves what is stored, and so does a missing row; none takes a day or the owner away. 'pls plans export' writes all columns.")
        .WithExamples("pls plans import plans.csv --dry-run", "pls plans import plans.csv --on-error skip")
        .Runs((session, ct) => RunAsync(session, session.Parsed.GetRequiredValue(FileOfKind), ImportKind.Plans, ct));

    private static Command OneRoster() =>
        new Command("oneroster", "Import a OneRoster zip: organizations and staff; students, parents and passwords are not stored.")
        {
            RosterFile, Organization, Faulty, MostDeactivated, GiveRole, DryRun, NoWait, ImportOutcome.ErrorFile,
        }
        .WithNotes(
            "The zip is OneRoster 1.1 or 1.2 CSV: manifest.csv, orgs.csv, users.csv and, in 1.2, roles.csv. Other files in it are passed over.",
            "bulk has all: staff of this source who are missing are deactivated, up to --max-deactivated-share; missing organizations are told and stay. delta changes what it names.")
        .WithExamples("pls import oneroster roster.zip --dry-run", "pls import oneroster roster.zip --give-role participant")
        .Runs((session, ct) => RunAsync(session, session.Parsed.GetRequiredValue(RosterFile), ImportKind.OneRoster, ct));

    private static async Task<int> RunAsync(Session session, string file, ImportKind kind, CancellationToken ct)
    {
        using var source = ImportSource.Open(file, kind is ImportKind.OneRoster);
        var received = await session.Screen.WatchAsync(
            $"Sending {source.Name}", source.Length, () => source.Sent, SendAsync(session, kind, source, ct), ct);
        if (session.Parsed.GetValue(NoWait))
        {
            session.Screen.Show(received, output => output.WriteLine(received.Id.ToString()));
            session.Screen.Say($"Stored as import {received.Id}; 'pls imports wait {received.Id}' waits for its end.");
            return ExitCodes.Done;
        }

        var ended = await ImportOutcome.WaitAsync(session, received, ct);
        return await ImportOutcome.ShowAsync(session, ended, source.ErrorFileFor(ended), ct);
    }

    private static async Task<ImportResponse> SendAsync(Session session, ImportKind kind, ImportSource source, CancellationToken ct)
    {
        var (parsed, client) = (session.Parsed, session.Client);
        return await client.CreateImportAsync(
            kind,
            new FileParameter(source.Stream, source.Name, source.ContentType),
            instrument: parsed.GetValue(Instrument),
            instrumentVersion: parsed.GetValue(Version),
            round: parsed.GetValue(Round),
            organizationId: await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct),
            organizationIdSystem: parsed.GetValue(IdSystem),
            assessmentId: parsed.GetValue(Assessment),
            assessmentExternalId: parsed.GetValue(ExternalId),
            windowOpens: parsed.GetValue(Opens),
            windowCloses: parsed.GetValue(Closes),
            mode: parsed.GetValue(Mode),
            createAssessments: Given(Create),
            closeAssessments: Given(Close),
            onError: parsed.GetValue(Faulty),
            dryRun: Given(DryRun),
            acceptWarnings: Given(Accept),
            generateParticipantKeys: Given(Keys),
            giveRole: parsed.GetValue(GiveRole),
            maxDeactivatedShare: parsed.GetValue(MostDeactivated),
            timeZone: parsed.GetValue(TimeZone),
            ignoreColumns: parsed.GetValue(IgnoreColumns),
            fileName: source.Name,
            cancellationToken: ct);

        bool? Given(Option<bool> flag) => parsed.GetValue(flag) ? true : null;
    }

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
