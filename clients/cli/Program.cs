using System.CommandLine;
using System.CommandLine.Invocation;
using PLService.Cli;
using PLService.Cli.Commands;

// Accented names and box lines, whatever the terminal was set to.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var parsed = CommandTree.Build().Parse(args);
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
if (parsed.Action is ParseErrorAction misunderstood)
{
    // What is wrong, not the whole help again; and none of it where a program expects a result.
    misunderstood.ShowHelp = false;
    invocation.Output = Console.Error;
    await parsed.InvokeAsync(invocation);
    return ExitCodes.Usage;
}

// Failures are told by each command in one line; nobody who imports a file wants a stack trace.
return await parsed.InvokeAsync(invocation);
