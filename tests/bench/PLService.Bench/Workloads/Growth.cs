using PLService.Bench.Data;
using PLService.Bench.Load;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <summary>The reads again, on the workload and on one with many times the responses, in turn.</summary>
internal sealed class Growth(Run run, OurServer ours, OurServer grown, Contract contract)
{
    public const string Usual = "1x";
    public const string Grown = "grown";

    public async Task MeasureAsync(CancellationToken ct)
    {
        var one = new OurOperations(contract, await ours.AuthorizeAsync(ct));
        var many = new OurOperations(contract, await grown.AuthorizeAsync(ct));
        var round = Workload.Stored[^1].Label;
        await CompareAsync("W2d", o => [.. Districts().Select(d => o.DistrictReport(Workload.District(d), round))]);
        await CompareAsync("W2s", o => [o.StateReport(Workload.State)]);
        await CompareAsync("W3", o => [o.Get(o.AssessmentsPage(null))]);
        await CompareAsync("W4", o => [.. Districts().Select(d => o.Assessment(Workload.Assessment(d, d % 4)))]);

        Task CompareAsync(string name, Func<OurOperations, List<byte[]>> requests) => run.InterleaveAsync($"growth/{name}", ct,
            (Usual, () => run.Http(ours.Port, new InTurn(requests(one)), ct)),
            (Grown, () => run.Http(grown.Port, new InTurn(requests(many)), ct)));
    }

    private IEnumerable<int> Districts() => Enumerable.Range(0, Math.Min(run.Workload.Districts, 500));
}
