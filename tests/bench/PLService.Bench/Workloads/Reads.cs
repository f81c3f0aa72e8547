using System.Text.Json;
using PLService.Bench.Bare;
using PLService.Bench.Data;
using PLService.Bench.Load;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <summary>W2 to W5: reads and creates by the load generator, side by side with the bare server and a prepared statement.</summary>
internal sealed class Reads(Run run, OurServer ours, ChildServer bare, Contract contract)
{
    /// <summary>The stored roll-up of an organization $2 for one half-year $5.</summary>
    private const string StoredRound = StoredRounds + " and round = $5";

    private const string StoredRounds =
        """
        select round, organizations, responses, counts from pls.rollup
        where tenant_id = $1 and organization_id = $2 and instrument_tenant_id = $3 and instrument_version_id = $4 and role = ''
        """;

    private const int DifferentRequests = 500;
    private static readonly string BarePage = $"/assessments?instrument=plsr&limit={OurOperations.PageSize}";
    private readonly int _districts = run.Workload.Districts;

    public async Task DistrictHistogramAsync(CancellationToken ct)
    {
        var operations = await OperationsAsync(ct);
        var round = Workload.Stored[^1].Label;
        await run.InterleaveAsync("W2d", ct,
            ("ours", () => run.Http(ours.Port, new InTurn(Many(d => operations.DistrictReport(Workload.District(d), round))), ct)),
            ("bare", () => run.Http(bare.Port, new InTurn(Many(d => Request.Get($"/districts/{Workload.District(d)}/histogram"))), ct)),
            ("raw statement", () => run.BareStatement(BareSchema.DistrictHistogram, (c, n) => [District(c, n)], ct)),
            ("stored statement", () => run.OurStatement(StoredRound, (c, n) => [.. Stored(District(c, n)), round], ct)));
    }

    /// <summary>The frozen result: the same question for those who know the assessment, whole and as it was published.</summary>
    public async Task FrozenResultAsync(CancellationToken ct)
    {
        var operations = await OperationsAsync(ct);
        await run.InterleaveAsync("W2d result", ct,
            ("ours", () => run.Http(ours.Port, new InTurn(Many(d => operations.Result(Workload.Assessment(d, Workload.Stored.Count - 1)))), ct)));
    }

    public async Task StateHistogramAsync(CancellationToken ct)
    {
        var operations = await OperationsAsync(ct);
        InTurn Report() => new([operations.StateReport(Workload.State)]);
        await run.InterleaveAsync("W2s", ct,
            ("ours, one caller", () => run.Http(ours.Port, Report(), ct, connections: 1)),
            ("bare, one caller", () => run.Http(
                bare.Port, new InTurn([Request.Get($"/states/{Workload.State}/histogram")]), ct, connections: 1)),
            ("raw statement, one caller", () => run.BareStatement(
                BareSchema.StateHistogram, (_, _) => [Workload.State], ct, connections: 1)),
            ("ours", () => run.Http(ours.Port, Report(), ct)),
            ("stored statement", () => run.OurStatement(StoredRounds, (_, _) => Stored(Workload.State), ct)));
    }

    public async Task ListAsync(CancellationToken ct)
    {
        var operations = await OperationsAsync(ct);
        // A smaller workload has fewer pages, and its last one may be a short one.
        var number = Math.Clamp(run.Workload.Assessments / OurOperations.PageSize, 2, 100);
        run.Results.Add("W3/page measured as the hundredth", number, "page");
        var cursor = operations.CanList ? await CursorAsync(operations, number, ct) : "";
        var last = await BarePageAsync(number, ct);
        await run.InterleaveAsync("W3", ct,
            ("ours, page 1", () => run.Http(ours.Port, new InTurn([operations.Get(operations.AssessmentsPage(null))]), ct)),
            ("bare, page 1", () => run.Http(bare.Port, new InTurn([Request.Get(BarePage)]), ct)),
            ("statement, page 1", () => run.BareStatement(BareSchema.FirstAssessments, (_, _) => ["plsr", OurOperations.PageSize], ct)),
            ("ours, page 100", () => run.Http(ours.Port, new InTurn([operations.Get(operations.AssessmentsPage(cursor))]), ct)),
            ("bare, page 100", () => run.Http(bare.Port, new InTurn([Request.Get($"{BarePage}&after={last}")]), ct)));
    }

    public async Task GetAsync(CancellationToken ct)
    {
        var person = new OurOperations(contract, await ours.SignInAsync("agencyAdmin", ct));
        var operations = await OperationsAsync(ct);
        var etag = operations.CanGet ? await TagAsync(Workload.Assessment(0, 0), ct) : "";
        await run.InterleaveAsync("W4", ct,
            ("ours", () => run.Http(ours.Port, new InTurn(Many(d => operations.Assessment(Workload.Assessment(d, d % 4)))), ct)),
            ("bare", () => run.Http(bare.Port, new InTurn(Many(d => Request.Get($"/assessments/{Workload.Assessment(d, d % 4)}"))), ct)),
            ("statement", () => run.BareStatement(BareSchema.Assessment, (c, n) => [Workload.Assessment(Spread(c, n), (int)(n % 4))], ct)),
            ("ours, as a person", () => run.Http(ours.Port, new InTurn(Many(d => person.Assessment(Workload.Assessment(d, d % 4)))), ct)),
            ("ours, not modified", () => run.Http(
                ours.Port, new InTurn(Many(d => operations.Assessment(Workload.Assessment(d, d % 4), etag)), status: 304), ct)));
    }

    public async Task CreateAsync(CancellationToken ct)
    {
        var operations = await OperationsAsync(ct);
        var open = Workload.Stored.Count;
        // Enough assessments that the hundreds of thousands of one run do not all meet in one of them.
        var ids = Enumerable.Range(0, Math.Min(_districts, 200)).Select(d => Workload.Assessment(d, open)).ToList();
        var bodies = Enumerable.Range(0, ids.Count).Select(d => OurOperations.ResponseBody(run.Workload, run.Items, d)).ToList();
        Func<TimeSpan, Task<Measured>> Creates(int port, Func<Guid, string, byte[]> request)
        {
            var requests = ids.Zip(bodies, request).ToList();
            // Each round has numbers of its own: a participant answers once.
            return length => LoadRun.RunAsync(port, run.Options.Connections, length, new Numbered(requests, run.Options.Connections), ct);
        }

        await run.InterleaveAsync("W5", ct,
            ("ours", () => Creates(ours.Port, operations.CreateResponse)),
            ("bare, packed row", () => Creates(bare.Port, (id, body) => Request.Post($"/assessments/{id}/packed-responses", body))),
            ("bare, row per rating", () => Creates(bare.Port, (id, body) => Request.Post($"/assessments/{id}/responses", body))),
            ("statement, packed row", () => run.BareStatement(
                BareSchema.InsertPacked,
                (c, n) => [Guid.CreateVersion7(), ids[(int)((c + n) % ids.Count)], $"s{Guid.NewGuid():N}", new short[Workload.Items]], ct)));
    }

    private async Task<OurOperations> OperationsAsync(CancellationToken ct) => new(contract, await ours.AuthorizeAsync(ct));

    private List<byte[]> Many(Func<int, byte[]> request) =>
        [.. Enumerable.Range(0, Math.Min(_districts, DifferentRequests)).Select(request)];

    private Guid District(int connection, long number) => Workload.District(Spread(connection, number));

    private int Spread(int connection, long number) => (int)(((connection * 7919L) + number) % Math.Min(_districts, DifferentRequests));

    private object[] Stored(Guid organization) => [run.Ours.Tenant.TenantId, organization, Guid.Empty, run.Ours.InstrumentVersionId];

    // All of them are at the version in which they were loaded, so that one tag fits all.
    private async Task<string> TagAsync(Guid assessment, CancellationToken ct)
    {
        using var answer = await ours.Http.GetAsync($"/v1/assessments/{assessment}", ct);
        return answer.EnsureSuccessStatusCode().Headers.ETag?.ToString() ?? throw new BenchException("An assessment has no ETag.");
    }

    // Follows the cursors as a client would.
    private async Task<string> CursorAsync(OurOperations operations, int number, CancellationToken ct)
    {
        string? cursor = null;
        for (var at = 1; at < number; at++)
        {
            using var page = await ours.Http.GetAsync(operations.AssessmentsPage(cursor), ct);
            using var body = JsonDocument.Parse(await page.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct));
            cursor = body.RootElement.GetProperty("nextCursor").GetString()
                ?? throw new BenchException($"The list of assessments ends at page {at}.");
        }

        return cursor!;
    }

    private async Task<Guid> BarePageAsync(int number, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{bare.Port}") };
        Guid? after = null;
        for (var page = 1; page < number; page++)
        {
            var target = BarePage + (after is null ? "" : $"&after={after}");
            after = (await http.GetFromJsonAsync<BareServer.Page>(target, ct))!.NextCursor
                ?? throw new BenchException("The bare server has too few pages.");
        }

        return after!.Value;
    }
}
