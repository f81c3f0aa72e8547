using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Tests.Participants;

/// <summary>A person and the response that is said to be the person's.</summary>
internal sealed record Link(Guid Person, Guid Response);

/// <summary>Ways to find out who answered what. Each gets what was looted, and the people in the order in which they were seen to come.</summary>
internal static class Attacks
{
    /// <summary>Each attack by name.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Loot, IReadOnlyList<Guid>, IEnumerable<Link>>> All =
        new Dictionary<string, Func<Loot, IReadOnlyList<Guid>, IEnumerable<Link>>>
        {
            ["a row that names both"] = (loot, people) => NamedTogether(loot.Rows.Select(row => row.Text), loot, people),
            ["an audit event, change or exported row that names both"] = (loot, people) =>
                NamedTogether(loot.Audit.Concat(loot.Changes).Concat(loot.Export).Select(node => node.ToJsonString()), loot, people),
            ["the key, guessed from the person's id"] = Hashed,
            ["ids in the order of coming"] = (loot, people) => InOrder(people, loot.Responses.OrderBy(row => row.Id).Select(row => row.Id)),
            ["the time of creation"] = (loot, people) => ByTime(loot, people, "created_at"),
            ["the time of the last change"] = (loot, people) => ByTime(loot, people, "updated_at"),
            ["the time of rating"] = (loot, people) => ByTime(loot, people, "rated_at"),
            ["the time of handing in"] = (loot, people) => ByTime(loot, people, "submitted_at"),
            ["the place of the row"] = (loot, people) => InOrder(people, loot.Responses.OrderBy(row => row.Place).Select(row => row.Id)),
            ["the transaction of the row"] = (loot, people) => InOrder(people, loot.Responses.OrderBy(row => row.Transaction).Select(row => row.Id)),
            ["the order of the audit trail"] = (loot, people) => InOrder(people, ResponsesIn(loot, loot.Audit)),
            ["the order of the change feed"] = (loot, people) => InOrder(people, ResponsesIn(loot, loot.Changes)),
            ["the order of the export"] = (loot, people) => InOrder(people, loot.Export.Select(item => (Guid)item["id"]!)),
            ["both tables by the places of their rows"] = (loot, _) => SideBySide(loot, row => row.Place),
            ["both tables by the transactions of their rows"] = (loot, _) => SideBySide(loot, row => row.Transaction),
            ["the nearest transaction"] = NearestTransaction,
            ["who alone has not handed in"] = Eliminated,
        };

    private static IEnumerable<Link> NamedTogether(IEnumerable<string> texts, Loot loot, IReadOnlyList<Guid> people) =>
        from text in texts
        from person in people
        where text.Contains(person.ToString(), StringComparison.OrdinalIgnoreCase)
        from response in loot.Responses
        where text.Contains(response.Id.ToString(), StringComparison.OrdinalIgnoreCase)
        select new Link(person, response.Id);

    // Whatever somebody without the key would try: the id itself and what is made of it and of what stands in the rows.
    private static IEnumerable<Link> Hashed(Loot loot, IReadOnlyList<Guid> people)
    {
        foreach (var response in loot.Responses)
        {
            var (tenant, assessment) = (response.Value("tenant_id")!, response.Value("assessment_id")!);
            foreach (var person in people)
            {
                if (Guesses(tenant, assessment, person).Any(guess => response.Value("participant_key")!.Contains(guess, StringComparison.OrdinalIgnoreCase)))
                    yield return new(person, response.Id);
            }
        }
    }

    private static IEnumerable<string> Guesses(string tenant, string assessment, Guid person)
    {
        foreach (var text in new[] { $"{person}", $"person:{person}", $"{assessment}{person}", $"{assessment}person:{person}", $"{tenant}{assessment}{person}", $"{tenant}{assessment}person:{person}" })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            yield return text;
            foreach (var hash in new[]
            {
                SHA256.HashData(bytes), SHA512.HashData(bytes), HMACSHA256.HashData(Encoding.UTF8.GetBytes(tenant), bytes),
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(assessment), bytes), HMACSHA256.HashData(Guid.Parse(tenant).ToByteArray(bigEndian: true), bytes),
                HMACSHA256.HashData(new byte[32], (byte[])[.. "participant\0"u8, .. Guid.Parse(tenant).ToByteArray(bigEndian: true), .. Guid.Parse(assessment).ToByteArray(bigEndian: true), .. bytes]),
            })
            {
                yield return Convert.ToHexString(hash);
                yield return System.Buffers.Text.Base64Url.EncodeToString(hash);
            }
        }
    }

    private static IEnumerable<Link> ByTime(Loot loot, IReadOnlyList<Guid> people, string column) =>
        // Who has no time has not come that far yet: the last one.
        InOrder(people, loot.Responses.OrderBy(row => row.Value(column) ?? "~", StringComparer.Ordinal).Select(row => row.Id));

    private static IEnumerable<Link> InOrder(IEnumerable<Guid> people, IEnumerable<Guid> responses) => people.Zip(responses, (person, response) => new Link(person, response));

    private static IEnumerable<Guid> ResponsesIn(Loot loot, IEnumerable<System.Text.Json.Nodes.JsonNode> items)
    {
        var known = loot.Responses.Select(row => row.Id).ToHashSet();
        return items.Select(item => (Guid)item["resourceId"]!).Where(known.Contains).Distinct();
    }

    private static IEnumerable<Link> SideBySide<T>(Loot loot, Func<LootedRow, T> order) => InOrder(
        loot.Participations.OrderBy(order).Select(row => Guid.Parse(row.Value("person_id")!)), loot.Responses.OrderBy(order).Select(row => row.Id));

    // A part of a transaction that can be rolled back by itself has a number of its own, beside that of the whole.
    private static IEnumerable<Link> NearestTransaction(Loot loot, IReadOnlyList<Guid> people) =>
        from participation in loot.Participations
        let response = loot.Responses.MinBy(row => Math.Abs(row.Transaction - participation.Transaction))
        select new Link(Guid.Parse(participation.Value("person_id")!), response.Id);

    private static IEnumerable<Link> Eliminated(Loot loot, IReadOnlyList<Guid> people)
    {
        var who = loot.Participations.Where(row => row.Value("status") == "started").ToList();
        var what = loot.Responses.Where(row => row.Value("status") == "inProgress").ToList();
        return who is [var person] && what is [var response] ? [new(Guid.Parse(person.Value("person_id")!), response.Id)] : [];
    }
}
