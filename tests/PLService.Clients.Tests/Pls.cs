using System.Text.Json.Nodes;

namespace PLService.Clients.Tests;

/// <summary><c>pls</c> as a process with a home of its own.</summary>
internal sealed class Pls(IReadOnlyDictionary<string, string>? environment = null) : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("pls-home-");

    /// <summary>The configuration file of this home.</summary>
    public string Configuration => Path.Combine(_home.FullName, "plservice", "config.json");

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public Task<Ended> RunAsync(string? input, string[] arguments)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["XDG_CONFIG_HOME"] = _home.FullName,
            ["APPDATA"] = _home.FullName,
        };
        return Programs.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "pls.dll"), .. arguments], variables, _home.FullName, input);
    }

    /// <summary>Runs with <c>--json</c>; gives what stands on standard output, which must be JSON and nothing else.</summary>
    public async Task<JsonNode> ReadAsync(params string[] arguments) =>
        JsonNode.Parse((await RunAsync([.. arguments, "--json"])).Expect(0).Output)!;

    public void Dispose() => _home.Delete(recursive: true);
}
