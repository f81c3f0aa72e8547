using System.CommandLine;
using PLService.Cli.Profiles;

namespace PLService.Cli.Commands;

/// <summary>What <c>pls</c> can do.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Work with PLService from the command line: sign in, import files, look after people and plans, read results and reports.")
        {
            CommonOptions.Profile,
            CommonOptions.Json,
            LoginCommand.Build(),
            LogoutCommand.Build(),
            WhoAmICommand.Build(),
            OrganizationCommands.Build(),
            PeopleCommands.Build(),
            MembershipCommands.Build(),
            InviteCommand.Build(),
            InvitationCommands.Build(),
            AccessRequestCommands.Build(),
            TeamCommands.Build(),
            AssessmentCommands.Build(),
            ImportCommand.Build(),
            ImportsCommands.Build(),
            ExportCommands.Build(),
            ReportCommands.Build(),
            PlanCommands.Build(),
            StandardCommands.Build(),
            ToolkitCommands.Build(),
            OutboxCommands.Build(),
        };
        root.WithNotes(
            $"{SignIn.UrlVariable}, {SignIn.IdVariable} and {SignIn.SecretVariable} together stand in for 'pls login' ('make run' prints them).",
            "Exit codes: 0 done, 1 failed, 2 an import that is only partly in, 64 the command line is not understood, 130 interrupted.");
        root.WithExamples(
            "pls login --url https://pl.example.org --client-id plc_...   # asks for the secret",
            "pls whoami",
            "pls orgs tree",
            "pls import ratings.csv --kind readinessRatings --create-assessments");
        return Help.Install(root);
    }
}
