namespace PLService.Api.Domain.Teams;

/// <summary>When a team is renewed, seen from today.</summary>
internal enum TeamRenewal
{
    /// <summary>No day is set.</summary>
    None,
    Later,

    /// <summary>Within 60 days.</summary>
    Soon,

    /// <summary>Today, or the day has passed.</summary>
    Due,
}

/// <summary>A rule of the team's kind that it does not meet today.</summary>
/// <param name="Constituency">Code of the group that is missing.</param>
/// <param name="Minimum">How many members it takes.</param>
/// <param name="Found">How many there are today.</param>
internal sealed record UnmetRule(string Constituency, int Minimum, int Found);

/// <summary>A term that ends within 60 days.</summary>
/// <param name="MemberId">Whose.</param>
/// <param name="EndsOn">Its last day.</param>
internal sealed record EndingTerm(Guid MemberId, DateOnly EndsOn);

/// <summary>A term, as far as it counts for how the team stands.</summary>
internal sealed record TeamTerm(Guid MemberId, IReadOnlyList<string> Constituencies, DateOnly? StartsOn, DateOnly? EndsOn)
{
    public bool Includes(DateOnly day) => (StartsOn is null || StartsOn <= day) && (EndsOn is null || EndsOn >= day);
}

/// <summary>How a team stands on a day: terms that are over or have not begun do not count, and of a dissolved team nothing is asked.</summary>
internal sealed record TeamStanding(int Members, IReadOnlyList<UnmetRule> Unmet, IReadOnlyList<EndingTerm> EndingSoon, TeamRenewal Renewal)
{
    /// <summary>How many days ahead something is soon.</summary>
    public const int SoonDays = 60;

    public static TeamStanding Of(Team team, IReadOnlyList<TeamRule> rules, IEnumerable<TeamTerm> terms, DateOnly today)
    {
        var current = terms.Where(term => term.Includes(today)).ToList();
        if (team.Status is TeamStatus.Dissolved)
            return new(current.Count, [], [], TeamRenewal.None);

        var soon = today.AddDays(SoonDays);
        return new(
            current.Count,
            [.. rules.Select(rule => new UnmetRule(rule.Constituency, rule.Minimum, current.Count(term => term.Constituencies.Contains(rule.Constituency))))
                .Where(rule => rule.Found < rule.Minimum)],
            [.. current.Where(term => term.EndsOn <= soon).OrderBy(term => term.EndsOn).ThenBy(term => term.MemberId).Select(term => new EndingTerm(term.MemberId, term.EndsOn!.Value))],
            team.RenewsOn switch
            {
                null => TeamRenewal.None,
                { } day when day <= today => TeamRenewal.Due,
                { } day when day <= soon => TeamRenewal.Soon,
                _ => TeamRenewal.Later,
            });
    }
}
