using System.Net;
using System.Text;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>Uploads that are meant to fill the memory of the service.</summary>
[Collection(FaultCollection.Name)]
public sealed class LargeUploadTests(FaultRig rig)
{
    private const long MaxMemory = 512L << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_of_200_MB_and_a_body_that_inflates_a_thousandfold_are_refused_in_bounded_memory()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        const string Query = "kind=readinessRatings";

        using var line = await client.SendFileAsync(Query, new LongLine(200 << 20));
        var refused = await client.EndOfAsync((await line.ExpectAsync(HttpStatusCode.Accepted)).Id());
        var bomb = Imports.Reading.Upload.Gzip(Encoding.ASCII.GetBytes(LongLine.Header + new string('a', 64 << 20)));
        var inflated = await client.ImportAsync(Query, bomb);

        Assert.Equal(("failed", "import.line_too_long"), ((string?)refused["status"], (string?)refused["errorCode"]));
        Assert.Equal("failed", (string?)inflated["status"]);
        Assert.True((string?)inflated["errorCode"] is "import.line_too_long" or "import.gzip" or "import.too_large", inflated.ToString());
        Assert.InRange(service.PeakMemory(), 0, MaxMemory);
        Assert.Equal(["error import.line_too_long 2"], await client.IssuesAsync(refused.Id()));
    }

    /// <summary>A header and one line without end, made while it is sent.</summary>
    private sealed class LongLine(long length) : HttpContent
    {
        public const string Header = "assessment_external_id,participant_key,item_code,level\n";

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Header), Ct);
            var chunk = new byte[1 << 20];
            chunk.AsSpan().Fill((byte)'a');
            for (var sent = 0L; sent < length; sent += chunk.Length)
                await stream.WriteAsync(chunk, Ct);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = Header.Length + length;
            return true;
        }
    }
}
