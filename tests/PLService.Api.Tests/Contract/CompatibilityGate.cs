using System.Text.Json.Nodes;
using static PLService.Api.Tests.Contract.ContractDocument;

namespace PLService.Api.Tests.Contract;

/// <summary>
/// What in a new contract breaks clients of an old one, by GitHub's list of breaking changes: an operation, parameter, response member or
/// enum value that is gone or renamed; a parameter that is newly required; another type; a new rule of validation; other rules of access.
/// </summary>
internal static class CompatibilityGate
{
    /// <summary>Every break, in words that can be copied into <c>openapi/approved-changes.txt</c>.</summary>
    public static IReadOnlyList<string> Breaks(ContractDocument before, ContractDocument after)
    {
        var now = after.Operations.ToDictionary(Key);
        return
        [
            .. before.Operations.SelectMany(old => now.TryGetValue(Key(old), out var operation)
                ? OfOperation(before, old, after, operation).Select(change => $"{old.Name}: {change}")
                : [$"{old.Name}: removed"]).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The breaks that nobody approved, and the approvals that approve nothing. An approval is a line with the break's own words, below a
    /// comment (#) that gives the reason.
    /// </summary>
    public static IReadOnlyList<string> Unapproved(IEnumerable<string> breaks, IEnumerable<string> approvedChanges)
    {
        var found = breaks.ToHashSet();
        var faults = new List<string>();
        var approved = new HashSet<string>();
        var isReasoned = false;
        foreach (var line in approvedChanges.Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                isReasoned = line.Length > 1;
                continue;
            }

            approved.Add(line);
            if (!isReasoned)
                faults.Add($"approved without a reason above: {line}");
            if (!found.Contains(line))
                faults.Add($"approved, and there is no such change: {line}");
        }

        return [.. found.Except(approved).Select(change => $"breaks clients: {change}"), .. faults];
    }

    // The names of path parameters are no part of an address.
    private static string Key(Operation operation) =>
        $"{operation.Method} {string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? "{}" : part))}";

    private static IEnumerable<string> OfOperation(ContractDocument before, Operation old, ContractDocument after, Operation now)
    {
        if (old.Id != now.Id)
            yield return $"the operation id {old.Id} is {now.Id}";
        if (old.IsAnonymous && !now.IsAnonymous || now.Scopes.Except(old.Scopes).Any())
            yield return $"needs {string.Join(" ", now.Scopes)} where it needed {(old.Scopes.Count == 0 ? "nothing" : string.Join(" ", old.Scopes))}";
        foreach (var change in OfParameters(before, old, after, now).Concat(OfBody(before, old, after, now)).Concat(OfResponses(before, old, after, now)))
            yield return change;
    }

    private static IEnumerable<string> OfParameters(ContractDocument before, Operation old, ContractDocument after, Operation now)
    {
        var compare = new SchemaComparison(before, after, isRequest: true);
        var known = old.Parameters.Where(parameter => (string?)parameter["in"] != "path").ToDictionary(Name);
        var present = now.Parameters.Where(parameter => (string?)parameter["in"] != "path").ToDictionary(Name);
        foreach (var name in known.Keys.Except(present.Keys))
            yield return $"the parameter {name} is gone";
        foreach (var (name, parameter) in present)
        {
            var isRequired = (bool?)parameter["required"] is true;
            if (!known.TryGetValue(name, out var former))
            {
                if (isRequired)
                    yield return $"the parameter {name} is new and required";
                continue;
            }

            if (isRequired && (bool?)former["required"] is not true)
                yield return $"the parameter {name} is required now";
            foreach (var change in compare.Changes(former["schema"]!.AsObject(), parameter["schema"]!.AsObject(), $"the parameter {name}"))
                yield return change;
        }

        static string Name(JsonObject parameter) => $"{parameter["in"]} {parameter["name"]}";
    }

    private static IEnumerable<string> OfBody(ContractDocument before, Operation old, ContractDocument after, Operation now)
    {
        if (now.Body is null)
        {
            if (old.Body is not null)
                yield return "takes no body any more";
            yield break;
        }

        if ((bool?)now.Body["required"] is true && (bool?)old.Body?["required"] is not true)
            yield return "a body is required now";
        foreach (var change in OfContents(old.Body, now.Body, new(before, after, isRequest: true), "the request"))
            yield return change;
    }

    private static IEnumerable<string> OfResponses(ContractDocument before, Operation old, ContractDocument after, Operation now)
    {
        foreach (var (status, former) in old.Responses.Where(response => response.Key[0] == '2'))
        {
            if (!now.Responses.TryGetValue(status, out var response))
            {
                yield return $"does not answer {status} any more";
                continue;
            }

            foreach (var header in (former["headers"]?.AsObject() ?? []).Where(header => response["headers"]?[header.Key] is null))
                yield return $"the header {header.Key} of {status} is gone";
            foreach (var change in OfContents(former, response, new(before, after, isRequest: false), status))
                yield return change;
        }
    }

    private static IEnumerable<string> OfContents(JsonObject? old, JsonObject now, SchemaComparison compare, string what)
    {
        var present = ContentsOf(now).ToDictionary(content => content.MediaType, content => content.Schema);
        foreach (var (mediaType, schema, _, _) in ContentsOf(old))
        {
            if (!present.TryGetValue(mediaType, out var after))
                yield return $"{what} is not {mediaType} any more";
            else if (schema is not null && after is not null)
            {
                foreach (var change in compare.Changes(schema, after, what))
                    yield return change;
            }
        }
    }
}
