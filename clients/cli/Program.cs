using System.CommandLine;
using System.CommandLine.Invocation;
using PLService.Cli;
using PLService.Cli.Commands;

// Accented names and box lines, whatever the terminal was set to.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var parsed = CommandTree.Build().Parse(args);
// What is wrong, not the whole help again.
if (parsed.Action is ParseErrorAction misunderstood)
    misunderstood.ShowHelp = false;
// Failures are told by each command in one line; nobody who imports a file wants a stack trace.
var exit = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exit;
