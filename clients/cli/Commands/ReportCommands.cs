using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary><c>pls report</c>: where many organizations stand together, over rounds and beside one another.</summary>
internal static class ReportCommands
{
    private const int WholePages = 500;

    private static readonly Argument<string> Instrument = new("instrument") { Description = "Code of the instrument, such as plsr." };
    private static readonly Option<string?> Organization = new("--organization")
    {
        Description = "The organization, as id or system:value; the one that you sign in for, or the only root, unless given.",
        HelpName = "id",
    };

    private static readonly Option<ReportGrouping?> By = Words.Option<ReportGrouping>("--by", "What a row is; section unless given.");
    private static readonly Option<string?> OneRound = new("--round") { Description = "Only this round; all unless given.", HelpName = "label" };
    private static readonly Option<string?> LatestRound = new("--round") { Description = "The round; the latest unless given.", HelpName = "label" };
    private static readonly Option<string?> Role = new("--role") { Description = "Only people of this role.", HelpName = "code" };
    private static readonly Option<string?> Lens = new("--lens")
    {
        Description = "Code of a framework, such as ct-2015: a row per standard instead of a section, through alignments and crosswalks.",
        HelpName = "code",
    };

    private static readonly Option<string?> Among = new("--among")
    {
        Description = "Compare with all of its kind below this organization; with its siblings unless given.",
        HelpName = "id",
    };

    public static Command Build() => new("report", "Roll up readiness over many organizations: rounds, children, comparison.")
    {
        Readiness(),
        Children(),
        Compare(),
    };

    private static Command Readiness() =>
        new Command("readiness", "An organization with all below it, round by round.")
        {
            Instrument, Organization, By, OneRound, Role, Lens, ReportFile.Csv,
        }
        .WithNotes("Cells are the share of favorable answers and, in brackets, its change against the round before.")
        .WithExamples("pls report readiness plsr", "pls report readiness plsr --lens ct-2015", "pls report readiness plsr --organization nces:0612345 --by item --csv trend.csv")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var (code, by) = (parsed.GetRequiredValue(Instrument), parsed.GetValue(By));
            var (round, role) = (parsed.GetValue(OneRound), parsed.GetValue(Role));
            var organization = await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct);
            if (parsed.GetValue(ReportFile.Csv) is { } path)
            {
                return await ReportFile.SaveAsync(
                    session, path, "", ct, ("instrument", code), ("organizationId", organization), ("by", by), ("round", round), ("role", role), ("lens", parsed.GetValue(Lens)));
            }

            var report = await client.GetReadinessReportAsync(code, organization, by, round, role, parsed.GetValue(Lens), ct);
            session.Screen.Show(report, output => ReportScreen.Draw(output, report));
            return ExitCodes.Done;
        });

    private static Command Children() =>
        new Command("children", "The children of an organization side by side in one round.")
        {
            Instrument, Organization, LatestRound, Lens, ReportFile.Csv,
        }
        .WithExamples("pls report children plsr", "pls report children plsr --organization nces:0612345 --csv schools.csv")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var (code, round) = (parsed.GetRequiredValue(Instrument), parsed.GetValue(LatestRound));
            var organization = await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct);
            if (parsed.GetValue(ReportFile.Csv) is { } path)
            {
                return await ReportFile.SaveAsync(
                    session, path, "/children", ct, ("instrument", code), ("organizationId", organization), ("round", round), ("lens", parsed.GetValue(Lens)), ("limit", WholePages));
            }

            var rows = await client.GetChildrenReportAllAsync(code, organization, round, parsed.GetValue(Lens), WholePages, ct).ToListAsync(ct);
            session.Screen.Show(rows, output => ReportScreen.Draw(output, rows));
            return ExitCodes.Done;
        });

    private static Command Compare() =>
        new Command("compare", "Where an organization stands among others, who are not named.")
        {
            Instrument, Organization, Among, LatestRound, By, Lens, ReportFile.Csv,
        }
        .WithExamples(
            "pls report compare plsr --organization nces:0612345",
            "pls report compare plsr --organization nces:0612345 --among state:OR --by item")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var (code, round, by) = (parsed.GetRequiredValue(Instrument), parsed.GetValue(LatestRound), parsed.GetValue(By));
            var organization = await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct);
            var among = await OrganizationReference.IdAsync(client, parsed.GetValue(Among), ct);
            if (parsed.GetValue(ReportFile.Csv) is { } path)
            {
                return await ReportFile.SaveAsync(
                    session, path, "/comparison", ct,
                    ("instrument", code), ("organizationId", organization), ("among", among), ("round", round), ("by", by), ("lens", parsed.GetValue(Lens)));
            }

            var report = await client.CompareOrganizationsAsync(code, organization, among, round, by, parsed.GetValue(Lens), ct);
            session.Screen.Show(report, output => ReportScreen.Draw(output, report));
            return ExitCodes.Done;
        });
}
