using System.ComponentModel;
using System.Diagnostics;

namespace PLService.LocalPostgres;

/// <summary>What a command answered; <paramref name="ExitCode"/> -1 when it could not be started at all.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => $"{Output}\n{Error}".Trim();
}

/// <summary>Runs short commands and collects what they say.</summary>
internal static class Commands
{
    /// <summary>Cancelling kills the command and its children, and returns only when it is gone.</summary>
    public static async Task<CommandResult> RunAsync(
        string file, IEnumerable<string> arguments, string directory, CancellationToken ct, string? input = null, bool asServer = false)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (asServer)
            PrepareServerEnvironment(start.Environment);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            return new CommandResult(-1, "", $"{file}: {failure.Message}");
        }
        using (process)
            return await CollectAsync(process, input, ct);
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program)
    {
        var names = OperatingSystem.IsWindows() ? new[] { program + ".exe", program + ".cmd" } : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static async Task<CommandResult> CollectAsync(Process process, string? input, CancellationToken ct)
    {
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await FeedAsync(process.StandardInput, input);
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return new CommandResult(process.ExitCode, await output, await error);
    }

    private static async Task FeedAsync(StreamWriter standardInput, string? input)
    {
        try
        {
            await using (standardInput)
                await standardInput.WriteAsync(input);
        }
        catch (IOException)
        {
            // The command ended without reading; its exit code tells why.
        }
    }

    // The invoker's PGPORT, PGOPTIONS or LANG must not decide how this server is made or what language its log speaks.
    private static void PrepareServerEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
            environment.Remove(name);
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        if (!OperatingSystem.IsWindows())
            environment["HOME"] = "/";
    }
}
