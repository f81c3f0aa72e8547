using System.Buffers.Binary;
using System.Globalization;

namespace PLService.Bench.Data;

/// <summary>What one administration of the instrument in one district is called in the generated data.</summary>
internal sealed record Round(string Label, DateTimeOffset OpenedAt, DateTimeOffset ClosedAt);

/// <summary>
/// The workload: one state, its regions and districts, four half-years of readiness assessments. Everything follows from the seed, so that
/// both databases hold the same and every run meets the same.
/// </summary>
internal sealed class Workload
{
    public const int Levels = 4;
    public const int Items = 48;
    public const int DontKnow = 3;

    /// <summary>The half-year that is loaded as files; its assessments are open.</summary>
    public static readonly Round Fifth = RoundOf(4);

    /// <summary>The four half-years that are stored.</summary>
    public static readonly IReadOnlyList<Round> Stored = [.. Enumerable.Range(0, 4).Select(RoundOf)];

    private readonly ulong _seed;

    /// <param name="seed">Seed of everything.</param>
    /// <param name="scale">Below 1 fewer districts, above 1 more participants in each.</param>
    /// <param name="growth">Times the participants in each.</param>
    public Workload(ulong seed, double scale, int growth = 1)
    {
        _seed = seed;
        Districts = Math.Max(8, (int)Math.Round(1_000 * Math.Min(scale, 1)));
        Regions = Math.Max(2, (int)Math.Round(20 * Math.Min(scale, 1)));
        SliceDistricts = Math.Max(2, (int)Math.Round(167 * Math.Min(scale, 1)));
        Participants = Math.Max(25, (int)Math.Round(25 * scale)) * growth;
    }

    public int Districts { get; }

    public int Regions { get; }

    /// <summary>Districts in the file of W1: the first ones.</summary>
    public int SliceDistricts { get; }

    /// <summary>Participants of each assessment.</summary>
    public int Participants { get; }

    public long Ratings => (long)Districts * Stored.Count * Participants * Items;

    /// <summary>
    /// Drafts without responses, so that the list has its hundredth page: four half-years and one open assessment a district make 5,000,
    /// and the hundredth page shall not be the last one.
    /// </summary>
    public int Drafts => Districts / 5;

    /// <summary>All that are listed: the closed ones, an open one in each district, the drafts.</summary>
    public int Assessments => (Districts * (Stored.Count + 1)) + Drafts;

    public static Guid State { get; } = IdOf(0, 1, 0, 0);

    public static Guid Region(int region) => IdOf(0, 2, region, 0);

    public static Guid District(int district) => IdOf(0, 3, district, 0);

    public int RegionOf(int district) => district % Regions;

    /// <summary>A closed assessment of round 0 to 3, the open one of round 4, a draft of round 5.</summary>
    public static Guid Assessment(int district, int round) => IdOf(round + 1, 4, district, 0);

    public static Guid Response(int district, int round, int participant) => IdOf(round + 1, 5, district, participant);

    /// <summary>Seven digits like an NCES id, leading zeros included.</summary>
    public static string NcesId(int district) => string.Create(CultureInfo.InvariantCulture, $"09{district:D5}");

    public static string ExternalId(string nces, string round) => $"{nces}-{round}";

    public static string ParticipantKey(int participant) => string.Create(CultureInfo.InvariantCulture, $"p{participant:D5}");

    /// <summary>All that one participant said: ordinals in the scale, best first, the last of them "don't know". No item is left out.</summary>
    public void Answer(int district, int round, int participant, Span<short> levels)
    {
        var random = new SplitMix(_seed ^ ((ulong)district << 40) ^ ((ulong)round << 32) ^ (ulong)participant);
        // Districts differ, and get better over time, so that the figures are not all the same.
        var green = 20 + (int)(new SplitMix(_seed + (ulong)district).Next() % 45) + (round * 4);
        for (var i = 0; i < levels.Length; i++)
        {
            var dice = (int)(random.Next() % 100);
            levels[i] = dice < 5 ? (short)DontKnow : dice < 5 + (green * 95 / 100) ? (short)0 : (short)(1 + (dice & 1));
        }
    }

    private static Round RoundOf(int number)
    {
        var opened = new DateTimeOffset(2024 + (number / 2), number % 2 == 0 ? 3 : 9, 15, 8, 0, 0, TimeSpan.Zero);
        var label = string.Create(CultureInfo.InvariantCulture, $"{opened.Year}-{(number % 2 == 0 ? "spring" : "fall")}");
        return new Round(label, opened, opened.AddDays(30));
    }

    // UUIDs of version 7 as the service makes them, but from numbers: they sort by half-year, then as they were made.
    private static Guid IdOf(int halfYear, byte kind, int a, int b)
    {
        var at = halfYear == 0 ? new DateTimeOffset(2023, 8, 1, 0, 0, 0, TimeSpan.Zero) : RoundOf(halfYear - 1).OpenedAt;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)(at.ToUnixTimeMilliseconds() + a) << 16);
        bytes[6] = 0x70;
        bytes[7] = kind;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(bytes[9..], a);
        bytes[13] = (byte)(b >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)b);
        return new Guid(bytes, bigEndian: true);
    }

    private struct SplitMix(ulong state)
    {
        public ulong Next()
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
