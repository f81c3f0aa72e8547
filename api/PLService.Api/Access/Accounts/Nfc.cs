using System.Globalization;
using System.Text;

namespace PLService.Api.Access.Accounts;

/// <summary>
/// Unicode's normalization form C (UAX #15), so that a password is the same from every keyboard. .NET leaves texts as they are where it runs
/// without the cultures of the machine, as the service does; the mappings are those of the Unicode Character Database 14.0.
/// </summary>
internal static class Nfc
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28, SCount = LCount * VCount * TCount;

    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<(int, int), int> Compositions = [];

    static Nfc()
    {
        using var stream = typeof(Nfc).Assembly.GetManifestResourceStream("accounts/canonical-mappings.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            Learn(line.Split(' '));
    }

    public static string Of(string text)
    {
        if (text.All(char.IsAscii))
            return text;

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Order(points);
        Compose(points);
        var result = new StringBuilder(text.Length);
        foreach (var point in points)
            result.Append(new Rune(point));
        return result.ToString();
    }

    // A line is: code point, combining class, what it decomposes into; "!" where that does not compose again.
    private static void Learn(string[] fields)
    {
        var point = Hex(fields[0]);
        if (byte.Parse(fields[1], CultureInfo.InvariantCulture) is var combining && combining != 0)
            Classes[point] = combining;
        var parts = fields[2..].Where(field => field != "!").Select(Hex).ToArray();
        if (parts.Length > 0)
            Decompositions[point] = parts;
        if (parts.Length == 2 && fields[^1] != "!")
            Compositions[(parts[0], parts[1])] = point;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static void Decompose(int point, List<int> into)
    {
        var syllable = point - SBase;
        if (syllable is >= 0 and < SCount)
        {
            into.Add(LBase + (syllable / (VCount * TCount)));
            into.Add(VBase + (syllable % (VCount * TCount) / TCount));
            if (syllable % TCount != 0)
                into.Add(TBase + (syllable % TCount));
        }
        else if (Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Marks that follow a letter come in the order of their classes.</summary>
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, combining, j) = (points[i], ClassOf(points[i]), i);
            for (; combining != 0 && j > 0 && ClassOf(points[j - 1]) > combining; j--)
                points[j] = points[j - 1];
            points[j] = point;
        }
    }

    private static void Compose(List<int> points)
    {
        var (starter, last, written) = (-1, 0, 0);
        foreach (var point in points.ToArray())
        {
            var combining = ClassOf(point);
            // A mark is blocked from its letter by one of the same class or by another letter between them.
            var isNext = starter >= 0 && (last < combining || (last == 0 && starter == written - 1));
            if (isNext && Pair(points[starter], point) is { } composed)
            {
                points[starter] = composed;
                continue;
            }

            if (combining == 0)
                starter = written;
            last = combining;
            points[written++] = point;
        }

        points.RemoveRange(written, points.Count - written);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LBase is >= 0 and < LCount && second - VBase is >= 0 and < VCount)
            return SBase + ((((first - LBase) * VCount) + (second - VBase)) * TCount);
        if (first - SBase is >= 0 and < SCount && (first - SBase) % TCount == 0 && second - TBase is > 0 and < TCount)
            return first + (second - TBase);
        return Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static byte ClassOf(int point) => Classes.GetValueOrDefault(point);
}
