namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>The columns of a file of the standard, those of version 1.1 and 1.2 together where they differ.</summary>
/// <param name="Required">Those that cannot be done without.</param>
/// <param name="Others">Those that may be there.</param>
internal sealed record RosterShape(string[] Required, params string[] Others)
{
    public static readonly RosterShape Manifest = new(["propertyName", "value"]);

    public static readonly RosterShape Organizations = new(["sourcedId", "name", "type"], "status", "dateLastModified", "identifier", "parentSourcedId");

    public static readonly RosterShape Roles = new(
        ["sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"], "status", "dateLastModified", "beginDate", "endDate", "userProfileSourcedId");

    public static readonly RosterShape Users = new(
        ["sourcedId", "enabledUser", "givenName", "familyName"],
        "status", "dateLastModified", "username", "userIds", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier",
        "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns");

    /// <summary>Version 1.1 tells role and places in the row of the user.</summary>
    public static readonly RosterShape UsersWithRole = new(
        [.. Users.Required, "role", "orgSourcedIds"], [.. Users.Others.Except(["userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns"])]);

    public IReadOnlyList<string> Columns { get; } = [.. Required, .. Others];

    /// <summary>Of a delta file: every row says what became of it and when.</summary>
    public RosterShape AsDelta() => new([.. Required, "status", "dateLastModified"], [.. Others.Except(["status", "dateLastModified"])]);
}
