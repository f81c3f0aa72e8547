using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace PLService.Cli.Commands;

/// <summary>Help that ends in what one should know and examples to copy.</summary>
internal static class Help
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];
    private static readonly ConditionalWeakTable<Command, string[]> Notes = [];

    /// <summary>Command lines that work, shown last.</summary>
    public static T WithExamples<T>(this T command, params string[] examples)
        where T : Command
    {
        Examples.Add(command, examples);
        return command;
    }

    /// <summary>Lines that only this command's own help shows, not the list of commands.</summary>
    public static T WithNotes<T>(this T command, params string[] notes)
        where T : Command
    {
        Notes.Add(command, notes);
        return command;
    }

    /// <summary>Makes <c>--help</c> show the examples too.</summary>
    public static RootCommand Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new WithExamplesAction((HelpAction)option.Action!);
        return root;
    }

    private sealed class WithExamplesAction(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            // A command below another does not take the arguments of the one above, though the usage would show them.
            foreach (var argument in (parseResult.CommandResult.Parent as CommandResult)?.Command.Arguments ?? [])
                argument.Hidden = true;
            var exit = inner.Invoke(parseResult);
            Write(parseResult, "Good to know:", Notes);
            Write(parseResult, "Examples:", Examples);
            return exit;
        }

        private static void Write(ParseResult parsed, string title, ConditionalWeakTable<Command, string[]> texts)
        {
            if (!texts.TryGetValue(parsed.CommandResult.Command, out var lines))
                return;
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine(title);
            foreach (var line in lines)
                output.WriteLine("  " + line);
            output.WriteLine();
        }
    }
}
