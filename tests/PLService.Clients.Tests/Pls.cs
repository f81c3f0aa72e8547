using System.Text.Json.Nodes;

namespace PLService.Clients.Tests;

/// <summary><c>pls</c> as a process with a home of its own.</summary>
internal sealed class Pls(IReadOnlyDictionary<string, string>? environment = null) : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("pls-home-");

    private static string Program => Path.Combine(AppContext.BaseDirectory, "pls.dll");

    /// <summary>The configuration file of this home.</summary>
    public string Configuration => Path.Combine(_home.FullName, "plservice", "config.json");

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public Task<Ended> RunAsync(string? input, string[] arguments) => Programs.RunAsync("dotnet", [Program, .. arguments], Variables(), _home.FullName, input);

    /// <summary>A file in this home.</summary>
    public string PathOf(string name) => Path.Combine(_home.FullName, name);

    /// <summary>Runs, and sends what Ctrl-C sends once <paramref name="ready"/> has come true.</summary>
    public async Task<Ended> InterruptAsync(string[] arguments, Func<Task> ready)
    {
        using var process = Programs.Start("dotnet", [Program, .. arguments], Variables(), _home.FullName);
        process.StandardInput.Close();
        var ending = Programs.EndAsync(process);
        await ready();
        (await Programs.RunAsync("kill", ["-INT", $"{process.Id}"])).Expect(0);
        return await ending;
    }

    /// <summary>Runs, and does what a line on standard error asks for; null when it asks for nothing.</summary>
    public async Task<Ended> AnswerAsync(string[] arguments, Func<string, Task?> answer)
    {
        using var process = Programs.Start("dotnet", [Program, .. arguments], Variables(), _home.FullName);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = new System.Text.StringBuilder();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            errors.AppendLine(line);
            if (answer(line) is { } answering)
                await answering;
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, errors.ToString());
    }

    /// <summary>Runs with <c>--json</c>; gives what stands on standard output, which must be JSON and nothing else.</summary>
    public async Task<JsonNode> ReadAsync(params string[] arguments) =>
        JsonNode.Parse((await RunAsync([.. arguments, "--json"])).Expect(0).Output)!;

    public void Dispose() => _home.Delete(recursive: true);

    private Dictionary<string, string> Variables() => new(environment ?? new Dictionary<string, string>())
    {
        ["XDG_CONFIG_HOME"] = _home.FullName,
        ["APPDATA"] = _home.FullName,
    };
}
