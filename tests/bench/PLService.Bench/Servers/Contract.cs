using System.Text.Json;
using System.Text.RegularExpressions;

namespace PLService.Bench.Servers;

/// <summary>The served contract, so that an operation that is missing is named as missing and not measured as an error.</summary>
internal sealed partial class Contract
{
    private readonly Dictionary<(string Method, string Path), HashSet<string>> _operations;

    private Contract(JsonElement paths) => _operations = paths.EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(
            operation => (Key: (operation.Name.ToUpperInvariant(), Shape(path.Name)), Query: QueryOf(operation.Value))))
        .ToDictionary(operation => operation.Key, operation => operation.Query);

    public static Contract Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return new Contract(document.RootElement.GetProperty("paths"));
    }

    public bool Has(string method, string path) => _operations.ContainsKey((method, Shape(path)));

    /// <exception cref="NotAvailableException">The contract has no such operation, or it does not take all of these query parameters.</exception>
    public void Require(string method, string path, params string[] query)
    {
        if (!_operations.TryGetValue((method, Shape(path)), out var taken))
            throw new NotAvailableException($"the contract has no {method} {path}");
        if (query.FirstOrDefault(name => !taken.Contains(name)) is { } missing)
            throw new NotAvailableException($"{method} {path} takes no '{missing}', only: {string.Join(", ", taken)}");
    }

    private static HashSet<string> QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query")
            .Select(p => p.GetProperty("name").GetString()!).ToHashSet()
        : [];

    // What a place in a path is called does not matter to a caller.
    private static string Shape(string path) => Place().Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();
}

/// <summary>Something cannot be measured because the service does not have it.</summary>
internal sealed class NotAvailableException(string message) : Exception(message);
