namespace PLService.Api.Domain.Results;

/// <summary>What one group of people answered, added up.</summary>
/// <param name="Counts">Tally by the layout of the instrument version.</param>
/// <param name="Responses">Responses that were counted; 0 where only tallies were entered.</param>
/// <param name="Participants">People in the group, those who did not answer included; 0 where it is not known.</param>
internal sealed record GroupTally(int[] Counts, int Responses, int Participants)
{
    /// <summary>
    /// People who gave a number of answers to one element: as many, where each gives one. Where each may give more, at least their
    /// number divided by the marks; without a limit nothing better is known than the number of marks. Never more than there are people.
    /// </summary>
    internal int PeopleBehind(int answers, int? marks)
    {
        var people = marks is > 1 ? (answers + marks.Value - 1) / marks.Value : answers;
        return Participants > 0 ? Math.Min(people, Participants) : people;
    }

    /// <summary>Everybody who is in this group and in none of the others.</summary>
    /// <exception cref="ArgumentException">The others hold more than this group.</exception>
    internal GroupTally Without(IEnumerable<GroupTally> others)
    {
        var counts = (int[])Counts.Clone();
        var (responses, participants) = (Responses, Participants);
        foreach (var other in others)
        {
            if (other.Counts.Length != counts.Length)
            {
                throw new ArgumentException(
                    $"A role has a tally of {other.Counts.Length} counts, the whole one of {counts.Length}.", nameof(others));
            }

            for (var i = 0; i < counts.Length; i++)
                counts[i] -= other.Counts[i];

            responses -= other.Responses;
            participants -= other.Participants;
        }

        if (counts.Any(count => count < 0) || responses < 0 || (Participants > 0 && participants < 0))
            throw new ArgumentException("The roles add up to more than the whole.", nameof(others));

        return new GroupTally(counts, responses, Math.Max(participants, 0));
    }
}
