using System.Globalization;

namespace PLService.Bench;

/// <summary>What stands on the command line of <c>run</c>.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        plservice-bench [run] [options]    measure and compare; prints a Markdown table, writes results.json
          --scale X          1 is the full workload; below 1 fewer districts, above 1 more participants in each      (1)
          --growth X         how many times the responses of the second database for growth; 0 leaves growth out      (10)
          --rounds N         rounds of every measurement; their median counts                                         (3)
          --seconds S        length of one measurement of a read or create                                            (3)
          --connections N    connections of the load generator                                                        (16)
          --participants N   participants of W6, at scale 1                                                           (2000)
          --live-seconds S   length of W6                                                                             (60)
          --only W1,W2d,...  these alone: start, W1, memory, W2d, W2s, W3, W4, W5, W6, growth
          --minutes M        after so many minutes the rest is left out                                               (25)
          --seed N           seed of the generator                                                                    (20260801)
          --out FILE         where the raw figures go                                                        (tests/bench/results.json)
          --api FILE         the plservice.dll to measure                                                    (the one built with this)
        plservice-bench bare --urls URL --database CONNECTION
                                           the bare server that it compares with; 'run' starts it by itself
        """;

    public double Scale { get; init; } = 1;
    public int Growth { get; init; } = 10;
    public int Rounds { get; init; } = 3;
    public double Seconds { get; init; } = 3;
    public int Connections { get; init; } = 16;
    public int Participants { get; init; } = 2_000;
    public double LiveSeconds { get; init; } = 60;
    public IReadOnlySet<string>? Only { get; init; }
    public double Minutes { get; init; } = 25;
    public ulong Seed { get; init; } = 20_260_801;
    public string? Out { get; init; }
    public string Api { get; init; } = Path.Combine(AppContext.BaseDirectory, "plservice.dll");

    public bool Wants(string workload) => Only is null || Only.Contains(workload);

    /// <exception cref="BenchException">An option is unknown, lacks its value, or has one that makes no sense.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw new BenchException($"{args[i]} needs a value.\n{Usage}");
            options = args[i] switch
            {
                "--scale" => options with { Scale = Number(value, 0.005, 20) },
                "--growth" => options with { Growth = (int)Number(value, 0, 50) },
                "--rounds" => options with { Rounds = (int)Number(value, 1, 20) },
                "--seconds" => options with { Seconds = Number(value, 0.1, 60) },
                "--connections" => options with { Connections = (int)Number(value, 1, 150) },
                "--participants" => options with { Participants = (int)Number(value, 10, 15_000) },
                "--live-seconds" => options with { LiveSeconds = Number(value, 2, 600) },
                "--only" => options with { Only = value.Split(',').ToHashSet(StringComparer.OrdinalIgnoreCase) },
                "--minutes" => options with { Minutes = Number(value, 0.5, 240) },
                "--seed" => options with { Seed = (ulong)Number(value, 0, long.MaxValue) },
                "--out" => options with { Out = value },
                "--api" => options with { Api = Path.GetFullPath(value) },
                _ => throw new BenchException($"'{args[i]}' is not understood here.\n{Usage}"),
            };
        }

        return options;

        double Number(string text, double least, double most) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new BenchException($"'{text}' is not a number from {least} to {most}.\n{Usage}");
    }
}

/// <summary>Something that ends the run, in words for the person who started it.</summary>
internal sealed class BenchException(string message) : Exception(message);
