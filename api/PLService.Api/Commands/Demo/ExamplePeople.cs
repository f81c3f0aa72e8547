using System.Globalization;
using PLService.Api.Domain.People;

namespace PLService.Api.Commands.Demo;

/// <summary>Somebody of the invented state.</summary>
/// <param name="Number">Personnel number.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">What they are there.</param>
/// <param name="Place">Outside id of the organization in which the role holds; null is the whole tenant.</param>
/// <param name="Position">In the employer's words.</param>
/// <param name="Group">What they are employed as.</param>
/// <param name="Language">The language that they want to read.</param>
internal sealed record DemoPerson(string Number, string Name, Role Role, (string System, string Value)? Place, string Position, EmployeeGroup Group, string Language = "en")
{
    public string Email => $"{Name.Replace(' ', '.').ToLowerInvariant()}@example.org";

    /// <summary>Who employs them.</summary>
    public (string System, string Value) Employer => Place ?? ("state", ExampleState.Code);
}

/// <summary>Who plays in the story: one for each role who can sign in, and some dozens around them.</summary>
internal static class ExamplePeople
{
    private static readonly string[] Names =
    [
        "Gwen Abara", "Hugo Castellan", "Ines Dorsey", "Jonas Ekberg", "Kavya Raman", "Liam Thornbury", "Maya Goldfinch", "Noor Haddad", "Otto Lindqvist", "Priya Venkat", "Quentin Marsh",
        "Rosa Delgado", "Sam Whitlock", "Tala Reyes", "Uma Krishnan", "Victor Anselm", "Wanda Pryce", "Xavier Bolton", "Yara Mansour", "Zane Holloway", "Alba Fuentes", "Bruno Keller",
        "Celia Ortiz", "Dora Finch", "Ezra Nakai", "Flora Beckett", "Gus Halvorsen", "Hana Kimura", "Iris Calloway", "Joel Amaro", "Kira Novak", "Leo Sandoval", "Mina Farrow",
        "Nils Aker", "Olga Petrov", "Paul Redfern", "Ruth Ibarra", "Seth Galloway", "Tess Marlow", "Vera Quist",
    ];

    private static readonly District Home = ExampleState.Districts[0];
    private static readonly School RosterSchool = Home.Schools.Single(school => school.Name == ExampleState.RosterSchool);

    /// <summary>Those who can sign in, a participant who reads Spanish the last.</summary>
    public static IReadOnlyList<DemoPerson> Cast { get; } =
    [
        new("100001", "Ada Moreno", Role.AgencyAdmin, null, "Director of professional learning", EmployeeGroup.DistrictAdministrator),
        new("100002", "Ben Okafor", Role.DistrictLead, At(Home), "Assistant superintendent", EmployeeGroup.DistrictAdministrator),
        new("100003", "Carla Nguyen", Role.Facilitator, At(Home), "Professional learning coordinator", EmployeeGroup.DistrictStaff),
        new("100004", "Dev Patel", Role.Reviewer, ("state", ExampleState.North.Code), "Regional coach", EmployeeGroup.DistrictStaff),
        new("100005", "Emi Sato", Role.Participant, At(RosterSchool), "Science teacher", EmployeeGroup.Certificated),
        new("100006", "Finn Larsen", Role.Viewer, ("state", ExampleState.Code), "Member of the state board", EmployeeGroup.GoverningBoard),
        new("100007", "Gabriela Ruiz", Role.Participant, At(RosterSchool), "Paraeducator", EmployeeGroup.Classified, "es"),
    ];

    /// <summary>Those who answer at the school that invites by name; Emi and Gabriela have not yet.</summary>
    public static IReadOnlyList<DemoPerson> Answering { get; }

    /// <summary>Everybody.</summary>
    public static IReadOnlyList<DemoPerson> All { get; }

    static ExamplePeople()
    {
        var names = new Queue<(string Name, int Number)>(Names.Select((name, i) => (name, 100_101 + i)));
        DemoPerson Next(Role role, (string, string) place, string position, EmployeeGroup group, string language = "en")
        {
            var (name, number) = names.Dequeue();
            return new(number.ToString(CultureInfo.InvariantCulture), name, role, place, position, group, language);
        }

        List<DemoPerson> colleagues =
        [
            .. Enumerable.Range(0, 7).Select(i => Next(Role.Participant, At(RosterSchool), i == 3 ? "Counselor" : "Teacher", EmployeeGroup.Certificated, i == 5 ? "es" : "en")),
            .. Enumerable.Range(0, 5).Select(i => Next(Role.Participant, At(RosterSchool), i < 3 ? "Teacher" : "Office staff", i < 3 ? EmployeeGroup.Certificated : EmployeeGroup.Classified)),
        ];
        Answering = colleagues[..7];
        All =
        [
            .. Cast,
            .. colleagues,
            .. ExampleState.Districts.Skip(1).Select(district => Next(Role.DistrictLead, At(district), "Director of curriculum", EmployeeGroup.DistrictAdministrator)),
            .. ExampleState.Regions.Select(region => Next(Role.Reviewer, ("state", region.Code), "Coach at the service center", EmployeeGroup.Contractor)),
            .. ExampleState.Districts.Select(district => Next(Role.Facilitator, At(district.Schools[0]), "Principal", EmployeeGroup.SiteAdministrator)),
            .. ExampleState.Districts.Take(2).Select(district => Next(Role.Viewer, At(district), "Member of the school board", EmployeeGroup.GoverningBoard)),
        ];
    }

    private static (string, string) At(District district) => ("nces", district.Nces);

    private static (string, string) At(School school) => ("nces", school.Nces);
}
