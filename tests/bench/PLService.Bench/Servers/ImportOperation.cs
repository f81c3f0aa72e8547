using System.Diagnostics;
using System.Net;
using System.Text.Json;
using PLService.Bench.Data;

namespace PLService.Bench.Servers;

/// <summary>W1 by the service: uploads a file and waits for the receipt. The one place that knows how imports are asked for.</summary>
internal sealed class ImportOperation(OurServer server)
{
    private const string Path = "/v1/imports";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    /// <exception cref="NotAvailableException">The contract lacks it.</exception>
    public static void Require(Contract contract) => contract.Require("POST", Path, "kind", "instrument", "round", "createAssessments");

    /// <summary>The time from the first byte sent to the receipt of a finished import.</summary>
    /// <exception cref="BenchException">It did not end with all rows in.</exception>
    public async Task<TimeSpan> RunAsync(ImportFile file, CancellationToken ct)
    {
        await server.AuthorizeAsync(ct);
        await using var body = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        using var content = new StreamContent(body, 1 << 16);
        content.Headers.ContentType = new("text/csv");
        var target = $"{Path}?kind=readinessRatings&instrument=plsr&round={Uri.EscapeDataString(file.Round)}&createAssessments=true";
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.Add("Prefer", "wait=30");

        var started = Stopwatch.GetTimestamp();
        using var response = await server.Http.SendAsync(request, ct);
        var receipt = await ReadAsync(response, ct);
        while (!IsFinished(receipt))
        {
            await Task.Delay(Poll, ct);
            var location = response.Headers.Location ?? throw new BenchException("An accepted import has no Location.");
            using var again = await server.Http.GetAsync(location, ct);
            receipt = await ReadAsync(again, ct);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        if (receipt.GetProperty("status").GetString() is not "completed"
            || receipt.GetProperty("receipt").GetProperty("accepted").GetInt64() != file.Rows)
            throw new BenchException($"The import of {file.Rows} rows did not take all of them: {receipt}");
        return elapsed;
    }

    private static bool IsFinished(JsonElement receipt) =>
        receipt.GetProperty("status").GetString() is not ("queued" or "running");

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted))
            throw new BenchException($"The import was refused: {(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
