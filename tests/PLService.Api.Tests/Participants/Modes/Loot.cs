using System.Globalization;
using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Participants.Modes;

/// <summary>One row of a table with its system columns, or one item of an answer.</summary>
internal sealed record Row(string Table, int Block, int Place, long Transaction, JsonObject Values)
{
    private string? _text;
    private HashSet<string>? _leaves;

    public string Text => _text ??= Values.ToJsonString();

    /// <summary>Every value in it that is a text.</summary>
    public HashSet<string> Leaves => _leaves ??= [.. LeavesOf(Values)];

    public string Id => (string)Values["id"]!;

    public string Ratings => "[" + string.Join(", ", Values["levels"]!.AsArray().Select(level => level?.ToJsonString() ?? "null")) + "]";

    public static Row Read(string table, string text)
    {
        var parts = text.Split(' ', 3);
        var place = parts[0].Trim('(', ')').Split(',');
        return new(table, int.Parse(place[0], CultureInfo.InvariantCulture), int.Parse(place[1], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture), JsonNode.Parse(parts[2])!.AsObject());
    }

    private static IEnumerable<string> LeavesOf(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => LeavesOf(member.Value)),
        JsonArray items => items.SelectMany(LeavesOf),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}

/// <summary>All that an attacker has.</summary>
internal sealed class Loot
{
    public Loot(AnsweredAssessment world, IReadOnlyList<Row> rows)
    {
        (World, Rows) = (world, rows);
        Responses = [.. rows.Where(row => row.Table == "response")];
        Participations = [.. rows.Where(row => row.Table == "participation")];
        Of = world.People.Select(who => rows.Where(row => who.Known.Any(known => row.Text.Contains(known, StringComparison.OrdinalIgnoreCase))).ToList()).ToList();
    }

    public AnsweredAssessment World { get; }

    public IReadOnlyList<Row> Rows { get; }

    public IReadOnlyList<Row> Responses { get; }

    public IReadOnlyList<Row> Participations { get; }

    /// <summary>By person the rows in which they are named.</summary>
    public IReadOnlyList<List<Row>> Of { get; }

    /// <summary>The responses that a row is or speaks of.</summary>
    public IEnumerable<Row> ResponsesIn(Row row) => Responses.Where(response => row.Leaves.Contains(response.Id));
}

/// <summary>What an attack believes.</summary>
/// <param name="Attack">What was tried.</param>
/// <param name="IsPhysical">Whether by place and transaction of rows.</param>
/// <param name="Pairs">By person the ratings.</param>
/// <param name="Order">The order of people that it went by, if it did.</param>
internal sealed record Belief(string Attack, bool IsPhysical, IReadOnlyDictionary<int, string> Pairs, int[]? Order = null)
{
    /// <summary>How many pairs are right.</summary>
    public int Right(AnsweredAssessment world) => Pairs.Count(pair => world.People[pair.Key].Truth == pair.Value);

    /// <summary>Spearman's rank correlation of the order believed in with the true one; 0 for what is no order of everybody.</summary>
    public double Correlation(AnsweredAssessment world)
    {
        if (Order is null || Pairs.Count < Order.Length)
            return 0;
        var n = Order.Length;
        var distance = Enumerable.Range(0, n).Sum(place =>
            Math.Pow(place - Array.FindIndex(Order, person => world.People[person].Truth == Pairs[Order[place]]), 2));
        return 1 - 6 * distance / (n * ((double)n * n - 1));
    }
}
