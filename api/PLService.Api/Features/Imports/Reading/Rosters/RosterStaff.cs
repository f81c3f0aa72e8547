using PLService.Api.Domain.People;

namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>What the roles of the standard are to us.</summary>
/// <param name="Position">As people read it.</param>
/// <param name="Group">What they are employed as.</param>
internal sealed record RosterStaff(string Position, EmployeeGroup Group)
{
    private static readonly Dictionary<string, RosterStaff> Staff = new(StringComparer.Ordinal)
    {
        ["teacher"] = new("Teacher", EmployeeGroup.Certificated),
        ["counselor"] = new("Counselor", EmployeeGroup.Certificated),
        ["principal"] = new("Principal", EmployeeGroup.SiteAdministrator),
        ["siteAdministrator"] = new("Site administrator", EmployeeGroup.SiteAdministrator),
        ["districtAdministrator"] = new("District administrator", EmployeeGroup.DistrictAdministrator),
        ["systemAdministrator"] = new("System administrator", EmployeeGroup.DistrictStaff),
        ["aide"] = new("Aide", EmployeeGroup.Classified),
        ["proctor"] = new("Proctor", EmployeeGroup.Classified),
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal) { "student", "parent", "guardian", "relative" };

    private const string OldAdministrator = "administrator";

    /// <summary>Whether the standard, in either version, has the role.</summary>
    public static bool IsKnown(string role, bool isOld) =>
        Staff.ContainsKey(role) || Others.Contains(role) || role.StartsWith("ext:", StringComparison.Ordinal) || (isOld && role is OldAdministrator);

    /// <summary>Null for those who do not work there, and for roles that only the sender knows.</summary>
    /// <param name="role">The role.</param>
    /// <param name="place">The type of the place: version 1.1 knows one kind of administrator.</param>
    public static RosterStaff? Of(string role, string? place) => role is OldAdministrator
        ? place switch
        {
            "school" => Staff["siteAdministrator"],
            "district" => Staff["districtAdministrator"],
            _ => new("Administrator", EmployeeGroup.Other),
        }
        : Staff.GetValueOrDefault(role);
}
