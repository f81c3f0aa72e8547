namespace PLService.Api.Tests.Infrastructure;

/// <summary>What a rule found wrong.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own.</summary>
    public static void None(IEnumerable<string> findings)
    {
        var found = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        if (found.Count > 0)
            Assert.Fail($"{found.Count} found:\n  " + string.Join("\n  ", found));
    }
}
