using PLService.Bench.Load;

namespace PLService.Bench.Figures;

/// <summary>Holds the medians against the targets of the project.</summary>
internal sealed class Table(Ledger results)
{
    public IReadOnlyList<Row> Rows() =>
    [
        Import(),
        ImportMemory(),
        Ratio("W2d", "histogram of one district, req/s", "W2d/ours", "W2d/bare", "W2d/stored statement",
            least: 3, of: "bare", p99: 25, aim: 0.5, aimOf: "the stored roll-up as a prepared statement"),
        StateLatency(),
        Ratio("W2s", "histogram of the state over four half-years, req/s", "W2s/ours", null, "W2s/stored statement",
            least: null, of: "", p99: null, aim: 0.3, aimOf: "the stored row as a prepared statement"),
        Ratio("W3", "list of assessments, page 1, req/s", "W3/ours, page 1", "W3/bare, page 1", "W3/statement, page 1",
            least: 0.7, of: "bare", p99: null, aim: 0.9, aimOf: "bare", aimP99: 30),
        Pages(),
        Ratio("W4", "one assessment by id, req/s", "W4/ours", "W4/bare", "W4/statement", least: 0.6, of: "bare", p99: null, aim: 0.85, aimOf: "bare"),
        NotModified(),
        Ratio("W5", "create a response (bare: one packed row), req/s", "W5/ours", "W5/bare, packed row", "W5/statement, packed row",
            least: 0.7, of: "bare", p99: null, aim: 0.9, aimOf: "bare", aimP99: 15),
        Ratio("W5", "the same (bare: a row per rating, 48 of them), req/s", "W5/ours", "W5/bare, row per rating", null, least: null, of: "", p99: null, aim: null, aimOf: ""),
        LiveRow(),
        Most("start", "API process ready", "start/ready", "s", 2),
        Most("start", "memory of the idle API process", "start/idle memory", "MB", 200),
        .. new[] { "W2d", "W2s", "W3", "W4" }.Select(Growth),
        ImportGrowth(),
    ];

    private Row Import()
    {
        var (ours, bare) = (results.Median("W1/ours"), results.Median("W1/bare"));
        var (keyed, staging) = (results.Median("W1/copy into ratings with foreign keys"), results.Median("W1/copy of the file into a temporary table"));
        return new("W1", "bulk import, rows/s", Shown.Number(ours), Shown.Number(bare), $"{Shown.Number(keyed)} with keys; {Shown.Number(staging)} staging",
            $"{Shown.Ratio(ours / keyed)} of COPY with keys; {Shown.Ratio(ours / bare)} of bare", "6x COPY with foreign keys", Verdict("W1", At(ours / keyed, 6)),
            "1.0x COPY into a temporary table", $"{Shown.Verdict(At(ours / staging, 1))} ({Shown.Ratio(ours / staging)})");
    }

    private Row ImportMemory()
    {
        var (small, large) = (results.Median("memory/highest, 1x"), results.Median("memory/highest, 10x"));
        return new("W1 memory", "highest memory of the API process, 10x the rows", Shown.Number(large, "MB"), Shown.Nothing, $"{Shown.Number(small, "MB")} at 1x",
            Shown.Ratio(large / small), "1.10x at most", Verdict("memory", Up(large / small, 1.10)), Shown.Nothing, Shown.Nothing);
    }

    private Row StateLatency()
    {
        var (ours, bare) = (P50("W2s/ours, one caller"), P50("W2s/bare, one caller"));
        return new("W2s", "the same for one caller, median ms", Shown.Number(ours, "ms"), Shown.Number(bare, "ms"),
            Shown.Number(P50("W2s/raw statement, one caller"), "ms"), $"{Shown.Ratio(bare / ours)} as fast", "10 ms at most", Verdict("W2s", Up(ours, 10)), Shown.Nothing, Shown.Nothing);
    }

    private Row Pages()
    {
        var (first, later) = (P50("W3/ours, page 1"), P50("W3/ours, page 100"));
        var number = results.Median("W3/page measured as the hundredth") ?? 100;
        return new("W3", $"page {number} beside page 1, median ms", $"{Shown.Number(later)} / {Shown.Number(first)}",
            $"{Shown.Number(P50("W3/bare, page 100"))} / {Shown.Number(P50("W3/bare, page 1"))}", Shown.Nothing,
            Shown.Ratio(later / first), "within 20 %", Verdict("W3", Both(At(later / first, 0.8), Up(later / first, 1.2))), Shown.Nothing, Shown.Nothing);
    }

    private Row NotModified()
    {
        var (ours, bare) = (results.Median("W4/ours, not modified"), results.Median("W4/bare"));
        return new("W4", "the same with If-None-Match, req/s", Shown.Number(ours), Shown.Nothing, Shown.Nothing, Shown.Ratio(ours / bare),
            "304 on a match", Verdict("W4", ours is null ? null : ours > 0 && results.Errors("W4/ours, not modified") == 0), Shown.Nothing, Shown.Nothing);
    }

    private Row LiveRow()
    {
        var (people, p99) = (results.Median("W6/participants"), results.Median("W6/placing ratings", m => m.P99));
        var lost = results.Median("W6/lost ratings");
        var ages = new[] { "W6/age of the tally by what it lacks, at most", "W6/age of the tally by its own account, at most" }.Select(key => results.Median(key));
        var age = ages.Max();
        var errors = results.Errors("W6/placing ratings") + results.Errors("W6/reading the tally");
        bool? holds = p99 is null ? null : errors == 0 && lost == 0 && p99 <= 200 && age is <= 2;
        return new("W6", $"{Shown.Number(people)} participants, {Shown.Number(results.Median("W6/placing ratings"))} ratings/s, 50 viewers",
            p99 is null ? Shown.Nothing : $"{errors} errors, {lost} lost, p99 {Shown.Number(p99, "ms")}, tally {Shown.Number(age, "s")} old", Shown.Nothing, Shown.Nothing, Shown.Nothing,
            "no error, none lost, p99 200 ms, tally 2 s old at most", Verdict("W6", holds), "10,000 participants", Shown.Verdict(holds is null ? null : holds.Value && people >= 10_000));
    }

    private Row Growth(string read)
    {
        var (one, many) = (P50($"growth/{read}/{Workloads.Growth.Usual}"), P50($"growth/{read}/{Workloads.Growth.Grown}"));
        return new("growth", $"{read} with many times the responses, median ms", Shown.Number(many, "ms"), Shown.Nothing, $"{Shown.Number(one, "ms")} at 1x",
            Shown.Ratio(many / one), "does not grow (20 %)", Verdict($"growth/{read}", Up(many / one, 1.2)), Shown.Nothing, Shown.Nothing);
    }

    private Row ImportGrowth()
    {
        var (small, large) = (results.Median("memory/speed, 1x"), results.Median("memory/speed, 10x"));
        return new("growth", "W1 with 10x the rows, rows/s", Shown.Number(large), Shown.Nothing, $"{Shown.Number(small)} at 1x",
            Shown.Ratio(large / small), "linear (0.8x at least)", Verdict("memory", At(large / small, 0.8)), Shown.Nothing, Shown.Nothing);
    }

    private Row Most(string id, string work, string key, string unit, double most)
    {
        var value = results.Median(key);
        return new(id, work, Shown.Number(value, unit), Shown.Nothing, Shown.Nothing, Shown.Nothing, $"{most} {unit} at most", Verdict(id, Up(value, most)), Shown.Nothing, Shown.Nothing);
    }

    private Row Ratio(string id, string work, string ours, string? bare, string? limit, double? least, string of, double? p99, double? aim, string aimOf, double? aimP99 = null)
    {
        var (mine, theirs, most) = (results.Median(ours), bare is null ? null : results.Median(bare), limit is null ? null : results.Median(limit));
        var tail = results.Median(ours, m => m.P99);
        var (ratio, aimed) = (mine / theirs, aimOf == "bare" ? mine / theirs : mine / most);
        var ratios = new[] { ratio is null ? null : $"{Shown.Ratio(ratio)} of bare", mine / most is null ? null : $"{Shown.Ratio(mine / most)} of the limit" };
        return new(id, work, mine is null ? Shown.Nothing : $"{Shown.Number(mine)} (p99 {Shown.Number(tail)} ms)", Shown.Number(theirs), Shown.Number(most),
            string.Join("; ", ratios.OfType<string>().DefaultIfEmpty(Shown.Nothing)),
            least is null ? Shown.Nothing : $"{least}x {of}" + (p99 is null ? "" : $", p99 {p99} ms at most"),
            least is null ? Shown.Nothing : Verdict(id, Both(At(ratio, least.Value), p99 is null ? true : Up(tail, p99.Value))),
            aim is null ? Shown.Nothing : $"{aim}x {aimOf}" + (aimP99 is null ? "" : $", p99 {aimP99} ms at most"),
            aim is null ? Shown.Nothing : Shown.Verdict(Both(At(aimed, aim.Value), aimP99 is null ? true : Up(tail, aimP99.Value))));
    }

    private double? P50(string key) => results.Median(key, (Measured measured) => measured.P50);

    private string Verdict(string workload, bool? reached) => results.Missing.TryGetValue(workload, out var reason) ? $"not available: {reason}" : Shown.Verdict(reached);

    // Of a figure that is not there nothing is said; comparing it would say "missed".
    private static bool? At(double? value, double least) => value is null ? null : value >= least;

    private static bool? Up(double? value, double most) => value is null ? null : value <= most;

    private static bool? Both(bool? a, bool? b) => a is null || b is null ? null : a.Value && b.Value;
}
