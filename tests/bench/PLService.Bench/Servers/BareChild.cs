namespace PLService.Bench.Servers;

/// <summary>The bare server in a process of its own.</summary>
internal static class BareChild
{
    public static Task<ChildServer> StartAsync(string database, string directory, CancellationToken ct)
    {
        var port = ChildServer.FreePort();
        var program = Path.Combine(AppContext.BaseDirectory, "plservice-bench.dll");
        string[] arguments = ["bare", "--urls", $"http://127.0.0.1:{port}", "--database", database];
        return ChildServer.StartAsync(
            program, arguments, port, new Dictionary<string, string>(), "/ready", Path.Combine(directory, "bare.log"), ct);
    }
}
