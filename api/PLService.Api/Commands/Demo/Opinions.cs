using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Commands.Demo;

/// <summary>A time at which the state assesses itself.</summary>
/// <param name="Label">The round.</param>
/// <param name="Number">How many came before.</param>
/// <param name="OpensOn">First day of the window.</param>
/// <param name="ClosesOn">Last day.</param>
internal sealed record DemoRound(string Label, int Number, DateOnly OpensOn, DateOnly ClosesOn)
{
    public static readonly DemoRound Fall2025 = new("2025-fall", 0, new(2025, 10, 6), new(2025, 10, 24));
    public static readonly DemoRound Spring2026 = new("2026-spring", 1, new(2026, 4, 13), new(2026, 5, 1));
    public static readonly DemoRound Fall2026 = new("2026-fall", 2, new(2026, 10, 5), new(2026, 12, 18));

    /// <summary>The external id of a school's assessment.</summary>
    public string ExternalId(School school) => $"plsr-{Label}-{school.Nces}";
}

/// <summary>What one participant says.</summary>
/// <param name="Role">As participants name it.</param>
/// <param name="At">When.</param>
/// <param name="Levels">A level per item; null where nothing was answered.</param>
internal sealed record Opinion(string Role, DateTimeOffset At, IReadOnlyList<string?> Levels);

/// <summary>
/// What people of a school say of their professional learning system: by chance, and each time the same. Between the rounds, learning communities and
/// the use of data improve, time and money do not; in one district practice falls back while the state gets on.
/// </summary>
internal static class Opinions
{
    private const int ItemsPerSection = 6;

    // Where there are fewer, one of two roles would be a small group.
    private const int PeopleForTwoRoles = 13;

    // How often people say "in place", of 1, and how much more often with each round.
    private static readonly (string Section, double Share, double Gain)[] Sections =
    [
        ("VIS", 0.62, 0.03), ("STD", 0.47, 0.05), ("LEA", 0.57, 0.04), ("COM", 0.48, 0.10), ("DES", 0.50, 0.04), ("DAT", 0.40, 0.08), ("RES", 0.29, -0.01), ("POL", 0.37, 0.02),
    ];

    private static readonly string[] SlippingSections = ["COM", "DES", "DAT"];

    /// <summary>Codes of the instrument's items, in its order.</summary>
    public static IReadOnlyList<string> Items { get; } =
        [.. Sections.SelectMany(section => Enumerable.Range(1, ItemsPerSection), (section, number) => string.Create(CultureInfo.InvariantCulture, $"{section.Section}.{number}"))];

    /// <summary>What those say who have answered by now.</summary>
    public static IEnumerable<Opinion> Of(District district, School school, DemoRound round, double answered = 1)
    {
        var chance = new Random(SeedOf($"{school.Nces} {round.Label}"));
        // A school is as it is in every round.
        var lift = district.Lift + (new Random(SeedOf(school.Nces)).NextDouble() - 0.5) * 0.12;
        var people = Math.Max((int)Math.Round(school.Staff * answered * (school.Staff < 5 ? 1 : 0.85 + (chance.NextDouble() * 0.15))), 1);
        for (var person = 0; person < people; person++)
            yield return Of(chance, district, round, lift, people >= PeopleForTwoRoles && person % 5 is 1 or 3 ? "paraeducator" : "teacher");
    }

    private static Opinion Of(Random chance, District district, DemoRound round, double lift, string role)
    {
        var mood = lift + ((chance.NextDouble() - 0.5) * 0.2) - (role == "teacher" ? 0 : 0.06);
        var levels = Sections.SelectMany(section => Enumerable.Range(0, ItemsPerSection), (section, item) =>
        {
            var gain = district.Name == ExampleState.Slipping && SlippingSections.Contains(section.Section) ? -0.10 : section.Gain;
            // Within a section, the first items are the easier ones.
            return LevelOf(chance, section.Share + (gain * round.Number) + mood + (0.06 * (2.5 - item) / 2.5));
        }).ToList();
        var days = round.ClosesOn.DayNumber - round.OpensOn.DayNumber;
        var at = round.OpensOn.AddDays(chance.Next(Math.Min(days, 18))).ToDateTime(new TimeOnly(13, 0).AddMinutes(chance.Next(480)), DateTimeKind.Utc);
        return new(role, at, levels);
    }

    private static string? LevelOf(Random chance, double share)
    {
        var drawn = chance.NextDouble();
        if (drawn < 0.05)
            return drawn < 0.015 ? null : "dont-know";
        var green = Math.Clamp(share, 0.03, 0.95);
        return chance.NextDouble() is var place && place < green ? "green" : place < green + ((1 - green) * 0.6) ? "yellow" : "red";
    }

    // Of the text, not of its hash code, which differs from process to process.
    private static int SeedOf(string text) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
