using System.Text.Json;

namespace PLService.Bench.Servers;

/// <summary>The served contract, so that an operation that is missing is named as missing and not measured as an error.</summary>
internal sealed class Contract(JsonElement paths)
{
    public static Contract Read(ReadOnlyMemory<byte> utf8)
    {
        // Parsed from a copy: the bytes belong to the connection.
        using var document = JsonDocument.Parse(utf8.ToArray());
        return new Contract(document.RootElement.GetProperty("paths").Clone());
    }

    /// <exception cref="NotAvailableException">The contract has no such operation, or it does not take all of these query parameters.</exception>
    public void Require(string method, string path, params string[] query)
    {
        if (!paths.TryGetProperty(path, out var item) || !item.TryGetProperty(method.ToLowerInvariant(), out var operation))
            throw new NotAvailableException($"the contract has no {method} {path}");
        var taken = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()).ToHashSet()
            : [];
        if (query.FirstOrDefault(name => !taken.Contains(name)) is { } missing)
            throw new NotAvailableException($"{method} {path} takes no '{missing}', only: {string.Join(", ", taken)}");
    }
}

/// <summary>Something cannot be measured because the service does not have it.</summary>
internal sealed class NotAvailableException(string message) : Exception(message);
