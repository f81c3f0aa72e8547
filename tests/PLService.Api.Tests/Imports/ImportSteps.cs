using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Imports;

/// <summary>What tests about imports do, in one line each.</summary>
internal static class ImportSteps
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Sends a file; the answer is whatever it is.</summary>
    public static async Task<HttpResponseMessage> SendFileAsync(
        this HttpClient client, string query, HttpContent body, string type = "text/csv", string? prefer = null, string? idempotencyKey = null, bool gzip = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports?{query}") { Content = body };
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (gzip)
            body.Headers.ContentEncoding.Add("gzip");
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request, Ct);
    }

    /// <summary>Sends a text and waits for the end of its import.</summary>
    public static Task<JsonObject> ImportAsync(this HttpClient client, string query, string text, string type = "text/csv") =>
        client.ImportAsync(query, Encoding.UTF8.GetBytes(text), type);

    /// <summary>Sends bytes and waits for the end of their import.</summary>
    public static async Task<JsonObject> ImportAsync(this HttpClient client, string query, byte[] bytes, string type = "text/csv", bool gzip = false)
    {
        using var response = await client.SendFileAsync(query, new ByteArrayContent(bytes), type, gzip: gzip);
        var accepted = await response.ExpectAsync(HttpStatusCode.Accepted);
        Assert.Equal($"/v1/imports/{accepted.Id()}", response.Headers.Location!.ToString());
        return await client.EndOfAsync(accepted.Id());
    }

    /// <summary>An import that must complete; gives its receipt.</summary>
    public static async Task<JsonObject> ReceiptAsync(this HttpClient client, string query, string text, string type = "text/csv")
    {
        var import = await client.ImportAsync(query, text, type);
        Assert.True((string?)import["status"] == "completed", $"The import did not complete: {import}");
        return import["receipt"]!.AsObject();
    }

    /// <summary>An import that must fail with this code; gives the import.</summary>
    public static async Task<JsonObject> RefusedAsync(this HttpClient client, string query, string text, string code, string type = "text/csv")
    {
        var import = await client.ImportAsync(query, text, type);
        Assert.True((string?)import["status"] == "failed" && (string?)import["errorCode"] == code, $"Expected a failure with {code}: {import}");
        return import;
    }

    /// <summary>Waits until an import has ended.</summary>
    public static async Task<JsonObject> EndOfAsync(this HttpClient client, Guid id)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Limit; await Task.Delay(30, Ct))
        {
            var import = await client.ReadAsync($"/v1/imports/{id}");
            if ((string?)import["status"] is not ("queued" or "running"))
                return import;
        }

        throw new TimeoutException($"Import {id} did not end within {Limit}.");
    }

    /// <summary>All issues of an import: severity, code, line and column of each.</summary>
    public static async Task<List<string>> IssuesAsync(this HttpClient client, Guid id) =>
    [
        .. (await client.ReadAsync($"/v1/imports/{id}/issues?limit=500"))["items"]!.AsArray()
            .Select(i => $"{i!["severity"]} {i["code"]} {i["line"]} {i["column"]} {i["value"]}".TrimEnd()),
    ];

    /// <summary>An outcome of a receipt as <c>created/updated/unchanged</c>.</summary>
    public static string Of(this JsonObject receipt, string what) =>
        $"{receipt[what]!["created"]}/{receipt[what]!["updated"]}/{receipt[what]!["unchanged"]}";

    /// <summary>The records of a receipt as <c>records=accepted+rejected</c>, which must add up.</summary>
    public static string Records(this JsonObject receipt) => $"{receipt["records"]}={receipt["accepted"]}+{receipt["rejected"]}";

    /// <summary>Two districts with a person each: Ada, 007 of hr, in the north; Ben, 008, in the south.</summary>
    public static async Task<(TestTenant Tenant, Guid North, Guid South)> NewTenantWithPeopleAsync(this ApiServer api)
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        await tenant.Everything().ReceiptAsync(
            "kind=people", $"person_hr_id,email,name,organization_id\n007,ada@example.org,Ada,{north}\n008,ben@example.org,Ben,{south}\n");
        return (tenant, north, south);
    }
}
