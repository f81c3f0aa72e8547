namespace PLService.Api.Domain.Plans;

/// <summary>What people, time and money of a plan, or of one of its strategies, come to.</summary>
/// <param name="People">People by role, each role once.</param>
/// <param name="Fte">Full-time equivalents in all.</param>
/// <param name="TeachersPerLeader">Teachers for each leader as the plan says it, weighed by full-time equivalents; null when it does not.</param>
/// <param name="MinutesPerWeek">Minutes a week for each educator.</param>
/// <param name="DaysPerYear">Days a year for each educator.</param>
/// <param name="Amount">US dollars in all.</param>
/// <param name="Sources">Money by source, the greatest first.</param>
/// <param name="Years">Money by school year, evenly over the years that it is for, in whole cents.</param>
/// <param name="DollarsPerFte">US dollars for each full-time equivalent; null without either.</param>
/// <param name="DollarsPerTeacher">US dollars for each teacher; null when the number of teachers was not given.</param>
/// <param name="TeachersPerFte">Teachers for each full-time equivalent; null when the number of teachers was not given, or there are no equivalents.</param>
internal sealed record ResourceTotals(
    IReadOnlyList<PeopleOfRole> People,
    decimal Fte,
    decimal? TeachersPerLeader,
    TimeTotals MinutesPerWeek,
    TimeTotals DaysPerYear,
    decimal Amount,
    IReadOnlyList<MoneyOfSource> Sources,
    IReadOnlyList<MoneyOfYear> Years,
    decimal? DollarsPerFte,
    decimal? DollarsPerTeacher,
    decimal? TeachersPerFte)
{
    /// <param name="resources">What is added up.</param>
    /// <param name="teachers">How many teachers the organization has; null when nobody said it.</param>
    public static ResourceTotals Of(IEnumerable<ResourceContent> resources, int? teachers)
    {
        var all = resources.ToList();
        var (fte, amount) = (all.Sum(of => of.Fte ?? 0), all.Sum(of => of.Amount ?? 0));
        return new(
            [.. all.Where(of => of.Kind is ResourceKind.People).GroupBy(of => of.Role ?? of.Title, StringComparer.OrdinalIgnoreCase).Select(PeopleOfRole.Of).OrderByDescending(role => role.Fte)],
            fte, Weighed(all), TimeTotals.Of(all, of => of.MinutesPerWeek), TimeTotals.Of(all, of => of.DaysPerYear), amount,
            [
                .. all.Where(of => of.Amount is not null).GroupBy(of => of.Source, StringComparer.OrdinalIgnoreCase)
                    .Select(source => new MoneyOfSource(source.Key, source.Sum(of => of.Amount!.Value))).OrderByDescending(source => source.Amount),
            ],
            YearsOf(all), Ratio(amount, fte), teachers is { } some ? Ratio(amount, some) : null, teachers is { } those ? Ratio(those, fte) : null);
    }

    /// <summary>Of people without equivalents each line counts as one.</summary>
    internal static decimal? Weighed(IEnumerable<ResourceContent> people)
    {
        var said = people.Where(of => of.TeachersPerLeader is not null).Select(of => (Ratio: of.TeachersPerLeader!.Value, Weight: of.Fte is > 0 ? of.Fte.Value : 1)).ToList();
        return said.Count == 0 ? null : Ratio(said.Sum(of => of.Ratio * of.Weight), said.Sum(of => of.Weight));
    }

    private static List<MoneyOfYear> YearsOf(List<ResourceContent> all) =>
    [
        .. all.Where(of => of.Amount is not null).SelectMany(of => of.Years.Count == 0 ? [(Year: (int?)null, of.Amount!.Value)] : Shared(of.Amount!.Value, of.Years))
            .GroupBy(share => share.Year).OrderBy(year => year.Key ?? int.MaxValue).Select(year => new MoneyOfYear(year.Key, year.Sum(share => share.Item2))),
    ];

    // What does not come out even falls to the last year, so that the years add up to the amount.
    private static IEnumerable<(int? Year, decimal)> Shared(decimal amount, IReadOnlyList<int> years)
    {
        var share = decimal.Round(amount / years.Count, 2, MidpointRounding.ToZero);
        return years.Order().Select((year, i) => ((int?)year, i < years.Count - 1 ? share : amount - (share * (years.Count - 1))));
    }

    private static decimal? Ratio(decimal of, decimal by) => of == 0 || by == 0 ? null : decimal.Round(of / by, 2, MidpointRounding.AwayFromZero);
}

/// <summary>People of a role.</summary>
/// <param name="Role">The role, or what the resource is called where no role is given.</param>
/// <param name="Fte">Full-time equivalents.</param>
/// <param name="TeachersPerLeader">Teachers for each of them; null when the plan does not say it.</param>
internal sealed record PeopleOfRole(string Role, decimal Fte, decimal? TeachersPerLeader)
{
    public static PeopleOfRole Of(IGrouping<string, ResourceContent> role) => new(role.Key, role.Sum(of => of.Fte ?? 0), ResourceTotals.Weighed(role));
}

/// <summary>Time for each educator.</summary>
/// <param name="Total">In all.</param>
/// <param name="Protected">Of it, what other things cannot take.</param>
/// <param name="Unprotected">Of it, what they can; the rest is not said to be either.</param>
internal sealed record TimeTotals(decimal Total, decimal Protected, decimal Unprotected)
{
    public static TimeTotals Of(IReadOnlyList<ResourceContent> all, Func<ResourceContent, decimal?> time) => new(
        all.Sum(of => time(of) ?? 0), all.Where(of => of.IsProtected is true).Sum(of => time(of) ?? 0), all.Where(of => of.IsProtected is false).Sum(of => time(of) ?? 0));
}

/// <summary>Money of a source.</summary>
/// <param name="Source">Where it comes from; null when it is not said.</param>
/// <param name="Amount">US dollars.</param>
internal sealed record MoneyOfSource(string? Source, decimal Amount);

/// <summary>Money of a school year.</summary>
/// <param name="Year">The year in which it begins; null when it is not said.</param>
/// <param name="Amount">US dollars.</param>
internal sealed record MoneyOfYear(int? Year, decimal Amount);
