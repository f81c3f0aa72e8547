namespace PLService.Api.Commands.Demo;

/// <param name="Code">Its id at the state.</param>
/// <param name="Name">A service center between the state and the districts.</param>
/// <param name="TimeZone">IANA name.</param>
internal sealed record Region(string Code, string Name, string TimeZone);

/// <param name="Nces">Seven digits; those that begin with 99 are no state's.</param>
/// <param name="Name">The place.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Lift">How much more often its people say "in place" than those of the state, of 1.</param>
/// <param name="Schools">Its schools.</param>
internal sealed record District(string Nces, string Name, Region Region, double Lift, IReadOnlyList<School> Schools)
{
    public string FullName => $"{Name} School District";

    /// <summary>Its id at the state.</summary>
    public string StateId => $"EX-{Nces[3..6]}";
}

/// <param name="Nces">Twelve digits, the district's seven first.</param>
/// <param name="Name">Its name, which says its type.</param>
/// <param name="Staff">How many people answer when everybody does.</param>
internal sealed record School(string Nces, string Name, int Staff);

/// <summary>An invented state: three regions, twelve districts from one school to twelve, sixty schools.</summary>
internal static class ExampleState
{
    public const string Code = "EX";
    public const string Name = "Example State";
    public const string TimeZone = "America/Chicago";

    /// <summary>In which the gap widens while the state gets on.</summary>
    public const string Slipping = "Fennimarsh";

    /// <summary>Which took no part in the spring.</summary>
    public const string Absent = "Pellgrove";

    /// <summary>Which has closed the open round already.</summary>
    public const string Early = "Tarrowdale";

    /// <summary>So small that its figures are withheld everywhere.</summary>
    public const string SmallSchool = "Fallow Island School";

    /// <summary>Which counts dots on paper posters.</summary>
    public const string PaperSchool = "Kestrelby Middle School";

    /// <summary>Which answers anonymously.</summary>
    public const string AnonymousSchool = "Ostenford High School";

    /// <summary>Which invites its people by name.</summary>
    public const string RosterSchool = "Quillmere High School";

    public static readonly Region North = new("EX-N", "Example North Region", "America/Chicago");
    public static readonly Region West = new("EX-W", "Example West Region", "America/Denver");
    public static readonly Region South = new("EX-S", "Example South Region", "America/Chicago");

    public static IReadOnlyList<Region> Regions { get; } = [North, West, South];

    public static IReadOnlyList<District> Districts { get; } =
    [
        Of(1, "Quillmere", North, 0.04, "High, East Middle, West Middle, Amberline Elementary, Birchgate Elementary, Coalbrook Elementary, Dovecote Elementary, Elmsworth Elementary, Fairholt Elementary, Greyfriar Elementary, Arts Academy, Language Academy"),
        Of(2, "Tarrowdale", North, 0.08, "High, Middle, North Elementary, South Elementary, Riverside Elementary"),
        Of(3, "Harrowlea", North, -0.03, "High, Middle, Upper Elementary, Lower Elementary"),
        Of(4, "Pellgrove", North, -0.05, "Community"),
        Of(5, "Brindlewick", West, 0.02, "North High, South High, Middle, Castle Elementary, Millrace Elementary, Orchard Elementary, Quarry Elementary, Saltbox Elementary, Technical Academy"),
        Of(6, "Ostenford", West, 0, "High, Middle, Bridge Elementary, Harbor Elementary, Market Elementary"),
        Of(7, "Luneport", West, -0.02, "High, Middle, Elementary, Fallow Island"),
        Of(8, "Sorrelfield", West, 0.06, "Community, Elementary"),
        Of(9, "Fennimarsh", South, -0.06, "High, Middle, Canal Elementary, Dyke Elementary, Ferry Elementary, Heron Elementary, Reed Elementary"),
        Of(10, "Kestrelby", South, 0.01, "High, Middle, Aldermoor Elementary, Bellwether Elementary, Crosslane Elementary, Downfield Elementary"),
        Of(11, "Mirthwood", South, 0.05, "High, Middle, Elementary"),
        Of(12, "Ashquill", South, -0.01, "Community, Elementary"),
    ];

    public static IEnumerable<(District District, School School)> Schools => Districts.SelectMany(district => district.Schools, (district, school) => (district, school));

    private static District Of(int number, string name, Region region, double lift, string schools)
    {
        var nces = $"9901{number:00}0";
        return new(nces, name, region, lift, [.. schools.Split(", ").Select((school, i) => SchoolOf($"{nces}{i + 1:00000}", name, school, i))]);
    }

    private static School SchoolOf(string nces, string district, string name, int place)
    {
        if (SmallSchool.StartsWith(name, StringComparison.Ordinal))
            return new(nces, SmallSchool, 3);

        var staff = name.Split(' ')[^1] switch { "High" => 26, "Middle" => 20, "Elementary" => 15, _ => 12 };
        return new(nces, name.EndsWith("Academy", StringComparison.Ordinal) ? $"{district} {name}" : $"{district} {name} School", staff + (place * 5 % 7));
    }
}
