namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>The columns in which the rows of a roster are kept that are ours: as OneRoster names them, so that what is wrong is found there.</summary>
internal static class RosterColumns
{
    public const string File = "file";
    public const string Line = "line";
    public const string Fault = "fault";
    public const string FaultColumn = "faultColumn";
    public const string FaultValue = "faultValue";
    public const string OrganizationSystem = "orgSystem";
    public const string Organization = "orgSourcedId";
    public const string Name = "name";
    public const string Type = "type";
    public const string Parent = "parentSourcedId";
    public const string NcesId = "identifier";
    public const string PersonSystem = "userSystem";
    public const string Person = "userSourcedId";
    public const string Email = "email";
    public const string GivenName = "givenName";
    public const string FamilyName = "familyName";
    public const string Position = "position";
    public const string EmployeeGroup = "employeeGroup";
    public const string Status = "status";
    public const string Places = "orgSourcedIds";

    /// <summary>Stands between several places in a cell; no sourcedId can hold one.</summary>
    public const char PlaceSeparator = '\t';

    public static readonly string[] All =
    [
        File, Line, Fault, FaultColumn, FaultValue, OrganizationSystem, Organization, Name, Type, Parent, NcesId, PersonSystem, Person, Email, GivenName, FamilyName,
        Position, EmployeeGroup, Status, Places,
    ];

    /// <summary>What the standard calls a column of organizations.</summary>
    public static string? InOrganizations(string? column) => column switch
    {
        "organization_id" => "orgs.csv: sourcedId",
        "parent_id" => "orgs.csv: parentSourcedId",
        "kind" => "orgs.csv: type",
        null => null,
        _ => $"orgs.csv: {column}",
    };

    public static ReadOnlySpan<byte> OrganizationsFile => "orgs.csv"u8;
}
