using System.Text.Json;

namespace PLService.Api.Domain.Toolkits;

/// <summary>A person's answer that went into the team's.</summary>
/// <param name="PersonId">Who answered.</param>
/// <param name="At">When it was gathered.</param>
/// <param name="Version">The version of the person's worksheet since which the answer says this.</param>
internal sealed record Contribution(Guid PersonId, DateTimeOffset At, long Version)
{
    public static IReadOnlyList<Contribution> Read(string json) => JsonSerializer.Deserialize<List<Contribution>>(json, ToolkitJson.Options)!;

    public static string Write(IEnumerable<Contribution> contributions) => JsonSerializer.Serialize(contributions, ToolkitJson.Options);

    /// <summary>
    /// The team's answer with those of single people behind it, a paragraph each. Who was gathered before and has not changed the answer
    /// since is not repeated.
    /// </summary>
    /// <param name="team">The team's answer, and whose answers it holds already; empty to begin anew.</param>
    /// <param name="held">Whose answers it holds already.</param>
    /// <param name="answers">The answers in the order in which they are to stand.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when there is nothing to add.</returns>
    public static (string Text, IReadOnlyList<Contribution> From)? Gather(
        string? team, IReadOnlyList<Contribution> held, IEnumerable<(Guid PersonId, string Text, long Version)> answers, DateTimeOffset now)
    {
        var fresh = answers.Where(answer => !held.Any(h => h.PersonId == answer.PersonId && h.Version >= answer.Version)).ToList();
        if (fresh.Count == 0)
            return null;

        var paragraphs = fresh.Select(answer => answer.Text);
        return (
            string.Join("\n\n", team is null ? paragraphs : paragraphs.Prepend(team)),
            [.. held.Where(h => !fresh.Exists(answer => answer.PersonId == h.PersonId)), .. fresh.Select(answer => new Contribution(answer.PersonId, now, answer.Version))]);
    }
}
