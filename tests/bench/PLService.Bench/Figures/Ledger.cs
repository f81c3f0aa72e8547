using PLService.Bench.Load;

namespace PLService.Bench.Figures;

/// <summary>One raw figure: a rate, a time or a size, with the whole measurement where it comes from one.</summary>
internal sealed record Figure(double Value, string Unit, Measured? Measured = null);

/// <summary>Everything that was measured, round by round, and what could not be.</summary>
internal sealed class Ledger
{
    private readonly SortedDictionary<string, List<Figure>> _figures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _missing = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<Figure>> All => _figures;

    /// <summary>Workload to the reason why it has no figures.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    /// <summary>Named counts that must agree, such as rows sent and rows stored.</summary>
    public List<string> Checks { get; } = [];

    /// <summary>What was found wrong: the run is not to be trusted.</summary>
    public List<string> Faults { get; } = [];

    public void Add(string key, double value, string unit) => Add(key, new Figure(value, unit));

    public void Add(string key, Measured measured) => Add(key, new Figure(measured.PerSecond, "req/s", measured));

    public void Miss(string workload, string reason) => _missing[workload] = reason;

    public void Check(string what, bool holds)
    {
        if (holds)
            Checks.Add(what);
        else
            Faults.Add(what);
    }

    /// <summary>The median over the rounds; null when nothing was measured.</summary>
    public double? Median(string key) => Median(key, figure => figure.Value);

    /// <summary>The median of something else of the measurements, such as a percentile in milliseconds.</summary>
    public double? Median(string key, Func<Measured, double> of) =>
        Median(key, figure => figure.Measured is { } measured ? of(measured) : null);

    /// <summary>Failed requests over all rounds.</summary>
    public long Errors(string key) => _figures.TryGetValue(key, out var list) ? list.Sum(figure => figure.Measured?.Errors ?? 0) : 0;

    private double? Median(string key, Func<Figure, double?> of)
    {
        var values = _figures.TryGetValue(key, out var list) ? list.Select(of).OfType<double>().Order().ToList() : [];
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private void Add(string key, Figure figure)
    {
        if (!_figures.TryGetValue(key, out var list))
            _figures.Add(key, list = []);
        list.Add(figure);
        if (figure.Measured is { Errors: > 0 } failed)
            Faults.Add($"{key}: {failed.Errors} requests failed, the first with: {failed.FirstError}");
    }
}
