using System.CommandLine;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>The commands of <c>pls assessments</c> that change something.</summary>
internal static class AssessmentChanges
{
    private static readonly Option<string> Instrument = Required("--instrument", "Code of the instrument, such as plsr.", "code");
    private static readonly Option<string> Round = Required("--round", "The label by which assessments of one time are compared, such as 2026-fall.", "label");
    private static readonly Option<string> Organization = Required("--organization", "Who is assessed: an id, or an outside id such as nces:0612345.", "id");
    private static readonly Option<string> Reason = Required("--reason", "Why, for those who read the result later.", "text");
    private static readonly Option<string?> Version = Text("--instrument-version", "Its version; the latest published one unless given.", "label");
    private static readonly Option<string?> Title = Text("--title", "What people call it; made from instrument and round unless given.", "text");
    private static readonly Option<string?> ExternalId = Text("--external-id", "Its id outside the service, by which files and commands may name it.", "text");
    private static readonly Option<AssessmentMode?> Mode = Words.Option<AssessmentMode>("--mode", "Who may know which participant said what; confidential unless given.");
    private static readonly Option<string[]> Roles = new("--role") { Description = "A role that participants may name; any unless given. May be repeated.", HelpName = "name" };
    private static readonly Option<DateOnly?> Opens = new("--window-opens") { Description = "First day on which answers are wanted.", HelpName = "date" };
    private static readonly Option<DateOnly?> Closes = new("--window-closes") { Description = "Last such day.", HelpName = "date" };
    private static readonly Option<bool> Now = new("--open") { Description = "Open it at once." };

    public static Command Create() =>
        new Command("create", "Plan an assessment of an organization.")
        {
            Instrument, Version, Round, Organization, Title, ExternalId, Mode, Roles, Opens, Closes, Now,
        }
        .WithNotes("Mode and roles are a promise to the participants: once the assessment is open they stay.")
        .WithExamples(
            "pls assessments create --instrument plsr --round 2026-fall --organization nces:0612345",
            "pls assessments create --instrument plsr --round 2026-fall --organization nces:0612345 --external-id fall-2026-cedar --role teacher --role principal --open")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            AssessmentCommands.Draw(session.Screen, await client.CreateAssessmentAsync(
                new()
                {
                    Instrument = new() { Code = parsed.GetRequiredValue(Instrument), Version = parsed.GetValue(Version) },
                    Round = parsed.GetRequiredValue(Round),
                    OrganizationId = await OrganizationReference.IdAsync(client, parsed.GetRequiredValue(Organization), ct),
                    Title = parsed.GetValue(Title),
                    ExternalId = parsed.GetValue(ExternalId),
                    Mode = parsed.GetValue(Mode),
                    Roles = parsed.GetValue(Roles) is { Length: > 0 } roles ? roles : null,
                    WindowOpensOn = parsed.GetValue(Opens),
                    WindowClosesOn = parsed.GetValue(Closes),
                    Open = parsed.GetValue(Now) ? true : null,
                },
                cancellationToken: ct));
            return ExitCodes.Done;
        });

    public static Command Open() => Change(
        new("open", "Open an assessment: from then on it takes answers."), "pls assessments open fall-2026-cedar",
        (session, id, ct) => session.Client.OpenAssessmentAsync(id, EntityTag.Any, cancellationToken: ct));

    public static Command Close() => Change(
        new("close", "Close an assessment and freeze its result."), "pls assessments close fall-2026-cedar",
        (session, id, ct) => session.Client.CloseAssessmentAsync(id, EntityTag.Any, cancellationToken: ct));

    public static Command Reopen() => Change(
        new("reopen", "Open a closed assessment again; its result stays as a revision of its own.") { Reason },
        "pls assessments reopen fall-2026-cedar --reason \"A school's posters were forgotten\"",
        (session, id, ct) => session.Client.ReopenAssessmentAsync(
            id, EntityTag.Any, new() { Reason = session.Parsed.GetRequiredValue(Reason) }, cancellationToken: ct));

    public static Command Archive() => Change(
        new("archive", "Archive a closed assessment: nothing about it changes any more, its result stays."), "pls assessments archive fall-2026-cedar",
        (session, id, ct) => session.Client.ArchiveAssessmentAsync(id, EntityTag.Any, cancellationToken: ct));

    private static Command Change(Command command, string example, Func<Session, Guid, CancellationToken, Task<AssessmentResponse>> change)
    {
        command.Add(AssessmentReference.Argument);
        return command.WithExamples(example).Runs(async (session, ct) =>
        {
            var one = await AssessmentReference.FindAsync(session, ct);
            AssessmentCommands.Draw(session.Screen, await change(session, one.Id, ct));
            return ExitCodes.Done;
        });
    }

    private static Option<string> Required(string name, string description, string value) => new(name) { Description = description, HelpName = value, Required = true };

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
