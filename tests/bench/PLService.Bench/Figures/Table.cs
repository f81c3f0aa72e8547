using PLService.Bench.Workloads;

namespace PLService.Bench.Figures;

/// <summary>Holds the medians against the targets of the project.</summary>
internal sealed class Table(Ledger results)
{
    public const string Head =
        "| | workload | ours | bare | limit | ratio | at least | verdict | aim | verdict |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    public IReadOnlyList<Row> Rows() =>
    [
        Import(),
        ImportMemory(),
        Beside("W2d", "histogram of one district, req/s", "ours", "bare", "stored statement", least: 3, p99: 25),
        StateLatency(),
        Beside("W2s", "histogram of the state over four half-years, req/s", "ours", null, "stored statement"),
        Beside("W3", "list of assessments, page 1, req/s", "ours, page 1", "bare, page 1", "statement, page 1", least: 0.7, aim: 0.9, aimP99: 30),
        Pages(),
        Beside("W4", "one assessment by id, req/s", "ours", "bare", "statement", least: 0.6, aim: 0.85),
        AsAPerson(),
        NotModified(),
        Beside("W5", "create a response (bare: one packed row), req/s", "ours", "bare, packed row", "statement, packed row",
            least: 0.7, aim: 0.9, aimP99: 15),
        Beside("W5", "the same (bare: 48 rows), req/s", "ours", "bare, row per rating", null),
        LiveRatings(),
        AtMost("start", "API process ready", "start/ready", "s", 2),
        AtMost("start", "memory of the idle API process", "start/idle memory", "MB", 200),
        .. new[] { "W2d", "W2s", "W3", "W4" }.Select(GrowthOf),
        ImportGrowth(),
    ];

    private Row Import()
    {
        var (ours, bare) = (results.Median("W1/ours"), results.Median("W1/bare"));
        var (keyed, staging) = (results.Median("W1/copy into ratings with foreign keys"), results.Median("W1/copy of the file into a temporary table"));
        return new("W1", "bulk import, rows/s")
        {
            Ours = Shown.Number(ours),
            Bare = Shown.Number(bare),
            Limit = $"{Shown.Number(keyed)} with keys; {Shown.Number(staging)} staging",
            Ratio = Shown.Ratios((ours / keyed, "of COPY with keys"), (ours / staging, "of COPY into staging"), (ours / bare, "of bare")),
            AtLeast = "6x COPY with foreign keys",
            Verdict = Verdict("W1", Least(ours / keyed, 6)),
            Aim = "1.0x COPY into staging",
            AimVerdict = Shown.Verdict(Least(ours / staging, 1)),
        };
    }

    private Row ImportMemory()
    {
        var (small, large) = (results.Median("memory/highest, 1x"), results.Median("memory/highest, 10x"));
        return new("W1 memory", "highest memory of the API process, 10x the rows")
        {
            Ours = Shown.Number(large, "MB"),
            Limit = Shown.Number(small, "MB at 1x"),
            Ratio = Shown.Ratio(large / small),
            AtLeast = "1.10x at most",
            Verdict = Verdict("memory", Most(large / small, 1.10)),
        };
    }

    private Row StateLatency()
    {
        var (ours, bare) = (P50("W2s/ours, one caller"), P50("W2s/bare, one caller"));
        return new("W2s", "the same for the state, one caller, median")
        {
            Ours = Shown.Number(ours, "ms"),
            Bare = Shown.Number(bare, "ms"),
            Limit = Shown.Number(P50("W2s/raw statement, one caller"), "ms raw"),
            Ratio = Shown.Ratios((bare / ours, "as fast as bare")),
            AtLeast = "10 ms at most",
            Verdict = Verdict("W2s", Most(ours, 10)),
        };
    }

    private Row Pages()
    {
        var (first, later) = (P50("W3/ours, page 1"), P50("W3/ours, page 100"));
        var number = results.Median("W3/page measured as the hundredth") ?? 100;
        return new("W3", $"page {number} / page 1, median ms")
        {
            Ours = $"{Shown.Number(later)} / {Shown.Number(first)}",
            Bare = $"{Shown.Number(P50("W3/bare, page 100"))} / {Shown.Number(P50("W3/bare, page 1"))}",
            Ratio = Shown.Ratio(later / first),
            AtLeast = "within 20 %",
            Verdict = Verdict("W3", Both(Least(later / first, 0.8), Most(later / first, 1.2))),
        };
    }

    private Row NotModified()
    {
        var (ours, bare) = (results.Median("W4/ours, not modified"), results.Median("W4/bare"));
        return new("W4", "the same with If-None-Match, req/s")
        {
            Ours = Shown.Number(ours),
            Ratio = Shown.Ratios((ours / bare, "of bare, which sends the body")),
            AtLeast = "304 on a match",
            Verdict = Verdict("W4", ours is null ? null : ours > 0 && results.Errors("W4/ours, not modified") == 0),
        };
    }

    private Row AsAPerson()
    {
        var (person, client, bare) = (results.Median("W4/ours, as a person"), results.Median("W4/ours"), results.Median("W4/bare"));
        return new("W4", "the same by a person who signed in, req/s")
        {
            Ours = Shown.Number(person),
            Ratio = Shown.Ratios((person / bare, "of bare"), (person / client, "of an API client")),
            AtLeast = "0.6x bare",
            Verdict = Verdict("W4", Least(person / bare, 0.6)),
        };
    }

    private Row LiveRatings()
    {
        var (people, p99, lost) = (results.Median("W6/participants"), results.Median("W6/placing ratings", m => m.P99), results.Median("W6/lost ratings"));
        var age = new[] { results.Median(Live.AgeByLack), results.Median(Live.AgeByAccount) }.Max();
        var errors = results.Errors("W6/placing ratings") + results.Errors("W6/reading the tally");
        bool? holds = p99 is null ? null : errors == 0 && lost == 0 && p99 <= 200 && age is <= 2;
        return new("W6", $"{Shown.Number(people)} participants, {Shown.Number(results.Median("W6/placing ratings"))} ratings/s, 50 viewers")
        {
            Ours = p99 is null ? Shown.Nothing : $"{errors} errors, {lost} lost, p99 {Shown.Number(p99, "ms")}, tally {Shown.Number(age, "s")} old",
            AtLeast = "no error, none lost, p99 200 ms, tally 2 s old at most",
            Verdict = Verdict("W6", holds),
            Aim = "10,000 participants",
            AimVerdict = Shown.Verdict(holds is null ? null : holds.Value && people >= 10_000),
        };
    }

    private Row GrowthOf(string read)
    {
        var (one, many) = (P50($"growth/{read}/{Growth.Usual}"), P50($"growth/{read}/{Growth.Grown}"));
        return new("growth", $"{read} with many times the responses, median")
        {
            Ours = Shown.Number(many, "ms"),
            Limit = Shown.Number(one, "ms at 1x"),
            Ratio = Shown.Ratio(many / one),
            AtLeast = "does not grow (20 %)",
            Verdict = Verdict($"growth/{read}", Most(many / one, 1.2)),
        };
    }

    private Row ImportGrowth()
    {
        var (small, large) = (results.Median("memory/speed, 1x"), results.Median("memory/speed, 10x"));
        return new("growth", "W1 with 10x the rows, rows/s")
        {
            Ours = Shown.Number(large),
            Limit = Shown.Number(small, "at 1x"),
            Ratio = Shown.Ratio(large / small),
            AtLeast = "linear (0.8x at least)",
            Verdict = Verdict("memory", Least(large / small, 0.8)),
        };
    }

    private Row AtMost(string id, string work, string key, string unit, double most)
    {
        var value = results.Median(key);
        return new(id, work) { Ours = Shown.Number(value, unit), AtLeast = $"{most} {unit} at most", Verdict = Verdict(id, Most(value, most)) };
    }

    /// <summary>Rates side by side. Targets are ratios to bare; where there is a stored roll-up to read instead, the aim is a ratio to that.</summary>
    private Row Beside(
        string id, string work, string ours, string? bare, string? limit, double? least = null, double? p99 = null, double? aim = null, double? aimP99 = null)
    {
        var (mine, theirs, most) = (results.Median($"{id}/{ours}"), results.Median($"{id}/{bare}"), results.Median($"{id}/{limit}"));
        var (tail, isStored) = (results.Median($"{id}/{ours}", m => m.P99), limit == "stored statement");
        if (isStored)
            aim = id == "W2d" ? 0.5 : 0.3;
        return new(id, work)
        {
            Ours = mine is null ? Shown.Nothing : $"{Shown.Number(mine)} (p99 {Shown.Number(tail)} ms)",
            Bare = Shown.Number(theirs),
            Limit = Shown.Number(most),
            Ratio = Shown.Ratios((mine / theirs, "of bare"), (mine / most, "of the limit")),
            AtLeast = Target(least, "bare", p99),
            Verdict = least is null ? Shown.Nothing : Verdict(id, Both(Least(mine / theirs, least.Value), p99 is null ? true : Most(tail, p99.Value))),
            Aim = Target(aim, isStored ? "the stored roll-up, prepared" : "bare", aimP99),
            AimVerdict = aim is null ? Shown.Nothing
                : Shown.Verdict(Both(Least(isStored ? mine / most : mine / theirs, aim.Value), aimP99 is null ? true : Most(tail, aimP99.Value))),
        };
    }

    private static string Target(double? ratio, string of, double? p99) =>
        ratio is null ? Shown.Nothing : $"{ratio}x {of}" + (p99 is null ? "" : $", p99 {p99} ms at most");

    private double? P50(string key) => results.Median(key, measured => measured.P50);

    private string Verdict(string workload, bool? reached) =>
        results.Missing.TryGetValue(workload, out var reason) ? $"not available: {reason}" : Shown.Verdict(reached);

    // Of a figure that is not there nothing is said; a plain comparison would say "missed".
    private static bool? Least(double? value, double least) => value is null ? null : value >= least;

    private static bool? Most(double? value, double most) => value is null ? null : value <= most;

    private static bool? Both(bool? a, bool? b) => a is null || b is null ? null : a.Value && b.Value;
}
