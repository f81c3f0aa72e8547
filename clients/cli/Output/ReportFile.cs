using System.CommandLine;
using System.Globalization;
using PLService.Cli.Commands;

namespace PLService.Cli.Output;

/// <summary>A report as the service writes it as CSV, all its pages in one file.</summary>
internal static class ReportFile
{
    public static readonly Option<string?> Csv = new("--csv")
    {
        Description = "Write the report to this file as CSV; - is standard output.",
        HelpName = "file",
    };

    /// <summary>Saves a report of <c>v1/reports/readiness</c>; parameters without a value are left out.</summary>
    public static async Task<int> SaveAsync(
        Session session, string path, string report, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var query = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Escaped(parameter.Value!)}");
        var address = $"v1/reports/readiness{report}?{string.Join('&', query)}";
        var file = path == "-" ? null : path;
        await OutputFile.WriteAsync(file, output => WriteAsync(session, address, output, ct));
        if (file is not null)
            session.Screen.Say($"Written to {file}.");
        return ExitCodes.Done;
    }

    private static async Task WriteAsync(Session session, string address, Stream output, CancellationToken ct)
    {
        for (string? next = address; next is not null;)
        {
            using var page = await session.Client.DownloadAsync(next, "text/csv", ct);
            // Each page begins with the header.
            if (next != address)
                await SkipLineAsync(page.Stream, ct);
            await page.Stream.CopyToAsync(output, ct);
            next = page.Headers.TryGetValue("Link", out var links) ? NextOf(links.Single()) : null;
        }
    }

    private static async Task SkipLineAsync(Stream stream, CancellationToken ct)
    {
        var one = new byte[1];
        while (await stream.ReadAsync(one, ct) == 1 && one[0] != '\n')
        {
        }
    }

    // <address>; rel="next", from the root of the service.
    private static string NextOf(string link) => link[1..link.IndexOf('>', StringComparison.Ordinal)].TrimStart('/');

    private static string Escaped(object value) =>
        Uri.EscapeDataString(value is Enum word ? Words.Of(word) : Convert.ToString(value, CultureInfo.InvariantCulture)!);
}
