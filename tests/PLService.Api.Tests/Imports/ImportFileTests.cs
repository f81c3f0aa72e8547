using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Imports.Reading;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>Files that are no such file: each ends as a failed import that says why, and nothing of it is in.</summary>
public sealed class ImportFileTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], string> Spoilt => new()
    {
        { "xlsx", [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0, 0, 0], "import.not_csv" },
        { "a web page", "<!DOCTYPE html><html><body>Sign in"u8.ToArray(), "import.not_csv" },
        { "empty", [], "import.empty" },
        { "only a header", Encoding.UTF8.GetBytes(ImportWorld.Header + "\n"), "import.empty" },
        { "a missing column", "instrument,round,participant_key,item_code\npulse,r,p-1,A.1\n"u8.ToArray(), "import.missing_column" },
        { "an unknown column", Encoding.UTF8.GetBytes($"{ImportWorld.Header},colour\n"), "import.unknown_column" },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes($"{ImportWorld.Header}\n{Row}")).ToArray(), "import.encoding" },
        { "Latin-1", Encoding.Latin1.GetBytes($"{ImportWorld.Header}\n{Row}{ImportWorld.Cedar},pulse,r,é,A.1,green\n"), "import.encoding" },
        { "an open quote", Encoding.UTF8.GetBytes($"{ImportWorld.Header}\n{Row}\"{Row}"), "import.unclosed_quote" },
        { "half a gzip", Upload.Gzip(Encoding.UTF8.GetBytes($"{ImportWorld.Header}\n{Row}"))[..^9], "import.gzip" },
    };

    private const string Row = $"{ImportWorld.Cedar},pulse,r,p-1,A.1,green\n";

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_file_is_a_failed_import_that_says_why(string what, byte[] bytes, string code)
    {
        var world = await ImportWorld.MakeAsync(api);

        var import = await world.Client.ImportAsync($"{ImportWorld.Query}&onError=skip", bytes);
        var file = await world.Client.GetAsync($"/v1/imports/{import.Id()}/error-file", Ct);

        Assert.Equal((what, "failed", code), (what, (string?)import["status"], (string?)import["errorCode"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)import["errorDetail"]));
        Assert.Contains(await world.Client.IssuesAsync(import.Id()), issue => issue.StartsWith("error " + code, StringComparison.Ordinal));
        Assert.Empty(await world.StoredAsync());
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.Assessments.CountAsync()));
        // No rows are to be mended: either none is given back, or it is said that the file cannot be read.
        if (file.StatusCode is not HttpStatusCode.OK)
            await file.ExpectProblemAsync(HttpStatusCode.Conflict, "import.unreadable");
    }

    [Fact]
    public async Task NUL_bytes_and_rows_of_the_wrong_length_reject_their_row_alone()
    {
        var world = await ImportWorld.MakeAsync(api);
        var text = $"{ImportWorld.Header}\n{Row}{ImportWorld.Cedar},pulse,r,p\0-2,A.1,green\n{ImportWorld.Cedar},pulse,r,p-3,A.1\n{ImportWorld.Cedar},pulse,r,p-4,A.1,green,more\n";

        var import = await world.Client.ImportAsync($"{ImportWorld.Query}&onError=skip", text);

        Assert.Equal("4=1+3", import["receipt"]!.AsObject().Records());
        Assert.Equal(
            ["import.nul_byte 3", "import.row_too_short 4", "import.row_too_long 5"],
            (await world.Client.IssuesAsync(import.Id())).Select(i => string.Join(' ', i.Split(' ')[1..3])));
        await world.AssertStoredAsync([new(ImportWorld.Cedar, "p-1", "A.1", "green")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_breaks_off_leaves_nothing(bool chunked)
    {
        var world = await ImportWorld.MakeAsync(api);
        var token = world.Client.DefaultRequestHeaders.Authorization!.ToString();
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(api.Address.Host, api.Address.Port, Ct);
            var head = $"POST /v1/imports?{ImportWorld.Query} HTTP/1.1\r\nHost: {api.Address.Authority}\r\nAuthorization: {token}\r\nContent-Type: text/csv\r\nIdempotency-Key: torn\r\n";
            var body = chunked ? $"Transfer-Encoding: chunked\r\n\r\n10000\r\n{ImportWorld.Header}\n{Row}" : $"Content-Length: 4000000\r\n\r\n{ImportWorld.Header}\n{Row}";
            await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body), Ct);
            await tcp.GetStream().FlushAsync(Ct);
            await Task.Delay(300, Ct);
            tcp.LingerState = new LingerOption(true, 0);
        }

        // The key is free again: what was torn off has not happened.
        using var sent = await world.Client.SendFileAsync(ImportWorld.Query, new StringContent(world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "green")])), idempotencyKey: "torn");
        var whole = await world.Client.EndOfAsync((await sent.ExpectAsync(HttpStatusCode.Accepted)).Id());

        Assert.Equal("completed", (string?)whole["status"]);
        Assert.Equal(whole.Id(), await world.Tenant.StoredAsync(db => db.Imports.Select(i => i.Id).SingleAsync(Ct)));
        Assert.Equal(1, await world.Tenant.StoredAsync(db => db.Jobs.CountAsync(Ct)));
        Assert.Single((await world.Client.ReadAsync("/v1/imports"))["items"]!.AsArray());
    }
}
