using System.Runtime.InteropServices;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Persistence.Plans;

/// <summary>What plans come to: of a child with all below it, of the organization itself with <see cref="Child"/> null, or of all of them.</summary>
internal sealed class PlanProgressFigures(Guid? child)
{
    public Guid? Child => child;

    public int Plans { get; set; }

    public int[] Steps { get; } = new int[Enum.GetValues<StepStatus>().Length];

    public int[] Obstacles { get; } = new int[Enum.GetValues<ObstacleKind>().Length];

    public int Overdue { get; set; }

    public int DueSoon { get; set; }

    public int CarriedOver { get; set; }

    public decimal Fte { get; set; }

    public decimal MinutesPerWeek { get; set; }

    public int PlansWithMinutes { get; set; }

    public decimal DaysPerYear { get; set; }

    public int PlansWithDays { get; set; }

    public decimal Amount { get; set; }
}

/// <summary>Open organizations of a kind, and how many of them have a plan that counts.</summary>
internal sealed record PlanCoverageFigures(Guid? Child, OrganizationKind Kind, int Organizations, int WithPlan);

/// <summary>Steps of a quarter.</summary>
internal sealed record PlanQuarterFigures(DateOnly First, DateOnly Last, int Due, int Done, int StillOpen);

/// <summary>Adds tallies up.</summary>
internal sealed class PlanProgressSums
{
    private readonly Func<string, int> _today;
    private readonly Dictionary<Guid, PlanProgressFigures> _ofChildren = [];
    private readonly PlanProgressFigures _ofTop = new(child: null);
    private readonly HashSet<MappedOrganization> _counted = [];
    private readonly Dictionary<(Guid? Child, OrganizationKind Kind), int> _withPlan = [];
    private readonly IReadOnlyList<(DateOnly First, DateOnly Last)> _quarters;
    private readonly int _firstDay;
    private readonly int[] _lastDays;
    private readonly int[] _due;
    private readonly int[] _done;
    private readonly int[] _stillOpen;

    /// <param name="quarters">Quarters that follow each other, the oldest first.</param>
    /// <param name="on">The day that counts as today.</param>
    /// <param name="now">Without it today is what <paramref name="now"/> is where each organization is.</param>
    public PlanProgressSums(IReadOnlyList<(DateOnly First, DateOnly Last)> quarters, DateOnly? on, DateTimeOffset now)
    {
        var ofZones = new Dictionary<string, int>(StringComparer.Ordinal);
        _today = zone =>
        {
            if (on is { } day)
                return PackedInts.Day(day);
            if (!ofZones.TryGetValue(zone, out var today))
                ofZones[zone] = today = PackedInts.Day(LocalDay.In(zone, now));
            return today;
        };
        _quarters = quarters;
        _firstDay = PackedInts.Day(quarters[0].First);
        _lastDays = [.. quarters.Select(quarter => PackedInts.Day(quarter.Last))];
        (_due, _done, _stillOpen) = (new int[quarters.Count], new int[quarters.Count], new int[quarters.Count]);
    }

    /// <summary>What the organization at the top and each child with all below it came to.</summary>
    public IEnumerable<PlanProgressFigures> Figures => [_ofTop, .. _ofChildren.Values];

    /// <summary>In the order of the quarters that were given.</summary>
    public IEnumerable<PlanQuarterFigures> Quarters => _quarters.Select((quarter, n) => new PlanQuarterFigures(quarter.First, quarter.Last, _due[n], _done[n], _stillOpen[n]));

    /// <summary>How many open organizations of a kind have a plan that was added.</summary>
    public int WithPlan(Guid? child, OrganizationKind kind) => _withPlan.GetValueOrDefault((child, kind));

    /// <summary>Adds what a plan comes to.</summary>
    public void Add(MappedTally tally)
    {
        if (tally.Organization.IsOpen && _counted.Add(tally.Organization))
            CollectionsMarshal.GetValueRefOrAddDefault(_withPlan, (tally.Child, tally.Organization.Kind), out _)++;

        var figures = _ofTop;
        if (tally.Child is { } child && !_ofChildren.TryGetValue(child, out figures!))
            _ofChildren[child] = figures = new(child);
        figures.Plans++;
        Add(figures.Steps, tally.Steps);
        Add(figures.Obstacles, tally.Obstacles);

        var today = _today(tally.Organization.TimeZone);
        var overdue = CountBefore(tally.OpenDue, today);
        figures.Overdue += overdue;
        figures.DueSoon += CountBefore(tally.OpenDue, today + PlanTally.SoonDays + 1) - overdue;
        CountQuarters(_stillOpen, tally.OpenDue);
        CountQuarters(_due, tally.DueOn);
        CountQuarters(_done, tally.DoneOn);

        figures.CarriedOver += tally.CarriedOver;
        figures.Fte += tally.Fte;
        figures.MinutesPerWeek += tally.MinutesPerWeek;
        figures.PlansWithMinutes += tally.MinutesPerWeek > 0 ? 1 : 0;
        figures.DaysPerYear += tally.DaysPerYear;
        figures.PlansWithDays += tally.DaysPerYear > 0 ? 1 : 0;
        figures.Amount += tally.Amount;
    }

    private static void Add(int[] sums, int[] counts)
    {
        for (var place = 0; place < sums.Length; place++)
            sums[place] += counts[place];
    }

    /// <summary>How many of ascending days come before one.</summary>
    private static int CountBefore(int[] days, int day)
    {
        var (low, high) = (0, days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (days[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void CountQuarters(int[] counts, int[] days)
    {
        var quarter = 0;
        for (var place = CountBefore(days, _firstDay); place < days.Length; place++)
        {
            while (days[place] > _lastDays[quarter])
            {
                if (++quarter == _lastDays.Length)
                    return;
            }

            counts[quarter]++;
        }
    }
}
