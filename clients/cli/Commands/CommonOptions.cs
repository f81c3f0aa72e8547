using System.CommandLine;

namespace PLService.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = "Which saved sign-in to use, when you have several; the one of the last login unless given.",
        HelpName = "name",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Write JSON to standard output and nothing else there; messages go to standard error.",
        Recursive = true,
    };
}
