using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Tests.Plans;

/// <summary>A plan that begins on September 1, 2026, put together for charts.</summary>
internal sealed class ChartData
{
    public static readonly DateOnly Start = new(2026, 9, 1);

    private readonly List<KeyValuePair<Guid, StrategyContent>> _strategies = [];
    private readonly List<ChartStep> _steps = [];
    private readonly List<KeyValuePair<Guid, ObstacleContent>> _obstacles = [];
    private readonly List<HeldCheckIn> _held = [];
    private readonly Dictionary<ServedStandard, ChartElement> _standards = [];

    public PlanContent Plan { get; set; } = new() { Title = "Professional learning plan", StartsOn = Start, EndsOn = Start.AddYears(1) };

    public IReadOnlyList<ChartStep> Steps => _steps;

    /// <summary>The day so many days after the start.</summary>
    public static DateOnly Day(int days) => Start.AddDays(days);

    public Guid Strategy(string title, params ServedStandard[] serves)
    {
        var id = Guid.CreateVersion7();
        _strategies.Add(new(id, new StrategyContent { Title = title, Serves = serves }));
        return id;
    }

    /// <summary>A step that is due so many days after the start.</summary>
    public ChartStep Step(string title, int? due, int? firstDue = null, Func<StepContent, StepContent>? with = null)
    {
        var content = new StepContent { Title = title, DueOn = due is { } days ? Day(days) : null };
        var first = firstDue ?? due;
        var step = new ChartStep(Guid.CreateVersion7(), with?.Invoke(content) ?? content, first is { } planned ? Day(planned) : null, 0);
        _steps.Add(step);
        return step;
    }

    public void Obstacle(string title, Guid? strategy, ObstacleStatus status = ObstacleStatus.Open) =>
        _obstacles.Add(new(Guid.CreateVersion7(), new ObstacleContent { Title = title, Kind = ObstacleKind.Schedule, StrategyId = strategy, Status = status }));

    public void Held(int mark, CheckInContent said, params StepOutcome[] outcomes) => _held.Add(new(Guid.CreateVersion7(), mark, Day(mark), null, said, outcomes));

    public void Standard(string framework, string code, ChartElement today) => _standards[new(framework, code)] = today;

    public PlanChart Make() => ChartMaker.Make(new(
        Guid.CreateVersion7(), PlanStatus.Active, new(Guid.CreateVersion7(), "Cedar Valley School District", OrganizationKind.District), Plan,
        _strategies, _steps, _obstacles, _held, _standards));
}
