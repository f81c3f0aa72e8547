using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Tests.Participants.Modes;

/// <summary>Ways to find out who answered what, each of which says whom it believes to have answered how.</summary>
internal static class ModeAttacks
{
    private static readonly string[] Times = ["created_at", "updated_at", "rated_at", "submitted_at"];

    public static IEnumerable<Belief> All(Loot loot) =>
    [
        ByName(loot),
        BySharedValue(loot),
        ByTime(loot),
        ByHash(loot, []),
        .. Orders(loot),
        .. ByParticipation(loot),
        ByTransaction(loot),
    ];

    /// <summary>A row that names somebody is or speaks of one response.</summary>
    public static Belief ByName(Loot loot) => Sure("by name", false, loot, person => loot.Of[person].SelectMany(loot.ResponsesIn));

    /// <summary>A row that names somebody shares a value, an id or a trace for instance, with a row that is or speaks of one response.</summary>
    public static Belief BySharedValue(Loot loot)
    {
        var ofSomebody = loot.Of.Select(rows => rows.SelectMany(row => row.Leaves).Where(leaf => leaf.Length >= 8).ToHashSet()).ToList();
        var isOnes = ofSomebody.SelectMany(leaves => leaves).GroupBy(leaf => leaf).Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet();
        return Sure("by shared value", false, loot, person =>
        {
            var own = ofSomebody[person].Where(isOnes.Contains).ToHashSet();
            return loot.Rows.Where(row => row.Leaves.Overlaps(own)).SelectMany(loot.ResponsesIn);
        });
    }

    /// <summary>A row that is or speaks of one response has a time, or an id that tells one, at which one was seen to act.</summary>
    public static Belief ByTime(Loot loot)
    {
        var moments = loot.Rows.Select(row => (Row: row, Responses: loot.ResponsesIn(row).ToList())).Where(found => found.Responses.Count == 1)
            .SelectMany(found => found.Row.Leaves.Select(TimeOf).OfType<DateTimeOffset>().Select(at => (At: at, Response: found.Responses[0]))).ToList();
        return Sure("by time", false, loot, person => moments
            .Where(moment => loot.World.People[person].Watched.Any(seen => moment.At >= seen.From.AddMilliseconds(-1) && moment.At <= seen.To)).Select(moment => moment.Response));
    }

    /// <summary>A hash of what stands for somebody, by itself or under a key that is any value of the database or one of those given, is the key of a response.</summary>
    public static Belief ByHash(Loot loot, byte[][] moreKeys)
    {
        var wanted = new Dictionary<string, Row>();
        foreach (var response in loot.Responses)
        {
            wanted[response.Id.Replace("-", "", StringComparison.Ordinal)] = response;
            if (StartOf((string)response.Values["participant_key"]!) is { } start)
                wanted[start] = response;
        }

        var keys = loot.Rows.SelectMany(row => row.Leaves).Distinct().SelectMany(BytesOf).Concat(moreKeys).ToList();
        byte[] scope = [.. loot.World.Assessment.Tenant.Id.ToByteArray(bigEndian: true), .. loot.World.Assessment.Id.ToByteArray(bigEndian: true)];
        return Sure("by hash", false, loot, person =>
        {
            var who = loot.World.People[person];
            var messages = who.Known.Append(who.Name).Select(Encoding.UTF8.GetBytes)
                .SelectMany(text => (byte[][])[text, [.. scope, .. text], [.. "participant\0"u8, .. scope, .. text]]).ToList();
            return messages.SelectMany(message => keys.Select(key => HMACSHA256.HashData(key, message)).Append(SHA256.HashData(message)))
                .Select(hash => wanted.GetValueOrDefault(Convert.ToHexStringLower(hash.AsSpan(0, 16)))).OfType<Row>();
        });
    }

    /// <summary>Responses in some order are people in the order in which they joined or answered.</summary>
    public static IEnumerable<Belief> Orders(Loot loot)
    {
        var ranked = new List<(string By, bool IsPhysical, List<Row> Responses)>
        {
            ("place", true, ByPlace(loot.Responses)), ("transaction", true, ByXmin(loot.Responses)),
            ("id", false, [.. loot.Responses.OrderBy(row => row.Id, StringComparer.Ordinal)]),
            ("key", false, [.. loot.Responses.OrderBy(row => (string)row.Values["participant_key"]!, StringComparer.Ordinal)]),
        };
        ranked.AddRange(Times.Select(time => ("its " + time, false, loot.Responses.OrderBy(row => TimeOf((string?)row.Values[time] ?? "")).ThenBy(row => row.Id, StringComparer.Ordinal).ToList())));
        var audit = loot.Rows.Where(row => row.Table == "audit_event").OrderBy(row => TimeOf((string)row.Values["at"]!)).ThenBy(row => row.Id, StringComparer.Ordinal).SelectMany(loot.ResponsesIn).ToList();
        ranked.Add(("first audit", false, [.. audit.Distinct()]));
        ranked.Add(("last audit", false, [.. audit.AsEnumerable().Reverse().Distinct().Reverse()]));
        return
            from way in ranked
            from order in ((string Name, int[] People)[])[("joined", loot.World.JoinOrder), ("answered", loot.World.AnswerOrder)]
            select new Belief($"{order.Name}, by {way.By}", way.IsPhysical, order.People.Zip(way.Responses).ToDictionary(pair => pair.First, pair => pair.Second.Ratings), order.People);
    }

    /// <summary>Participations in some order are responses in the same order.</summary>
    public static IEnumerable<Belief> ByParticipation(Loot loot)
    {
        foreach (var (by, isPhysical, sort) in ((string, bool, Func<IEnumerable<Row>, List<Row>>)[])
            [("id", false, rows => [.. rows.OrderBy(row => row.Id, StringComparer.Ordinal)]), ("place", true, ByPlace), ("transaction", true, ByXmin)])
        {
            var pairs = sort(loot.Participations).Zip(sort(loot.Responses))
                .Select(pair => (Person: Enumerable.Range(0, loot.Of.Count).Single(person => loot.Of[person].Contains(pair.First)), pair.Second.Ratings));
            yield return new Belief("participations, by " + by, isPhysical, pairs.ToDictionary(pair => pair.Person, pair => pair.Ratings));
        }
    }

    /// <summary>A row that names somebody was written with one response.</summary>
    public static Belief ByTransaction(Loot loot) => Sure("by transaction", true, loot, person =>
        loot.Responses.Where(response => loot.Of[person].Exists(row => row.Transaction == response.Transaction)));

    private static List<Row> ByPlace(IEnumerable<Row> rows) => [.. rows.OrderBy(row => row.Block).ThenBy(row => row.Place)];

    private static List<Row> ByXmin(IEnumerable<Row> rows) => [.. rows.OrderBy(row => row.Transaction).ThenBy(row => row.Block).ThenBy(row => row.Place)];

    // Who could have answered in several ways is not known.
    private static Belief Sure(string attack, bool isPhysical, Loot loot, Func<int, IEnumerable<Row>> candidates) => new(
        attack, isPhysical,
        Enumerable.Range(0, loot.Of.Count).Select(person => (Person: person, Found: candidates(person).Select(row => row.Ratings).Distinct().Take(2).ToList()))
            .Where(found => found.Found.Count == 1).ToDictionary(found => found.Person, found => found.Found[0]));

    private static DateTimeOffset? TimeOf(string text)
    {
        if (Guid.TryParse(text, out var id))
        {
            // A hash of 32 digits can look like a UUIDv7 of a time that no calendar has.
            var milliseconds = Convert.ToInt64(id.ToString("N")[..12], 16);
            return id.Version == 7 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }


        return text.Length >= 19 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static string? StartOf(string key)
    {
        var text = key.TrimStart('~');
        if (text.Length == 32 && text.All(char.IsAsciiHexDigitLower))
            return text;
        return System.Buffers.Text.Base64Url.IsValid(text, out var length) && length >= 16
            ? Convert.ToHexStringLower(System.Buffers.Text.Base64Url.DecodeFromChars(text).AsSpan(0, 16)) : null;
    }

    private static IEnumerable<byte[]> BytesOf(string value)
    {
        if (value.Length is < 4 or > 400)
            yield break;
        yield return Encoding.UTF8.GetBytes(value);
        if (Guid.TryParse(value, out var id))
            yield return id.ToByteArray(bigEndian: true);
        else if (value.StartsWith("\\x", StringComparison.Ordinal))
            yield return Convert.FromHexString(value.AsSpan(2));
    }
}
