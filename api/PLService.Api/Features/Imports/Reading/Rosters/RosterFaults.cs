namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>The stable codes of what can be wrong with a roster, beside those of every file.</summary>
internal static class RosterFaults
{
    // Of the zip as a whole.
    public const string BadZip = "import.bad_zip";
    public const string BadManifest = "import.bad_manifest";
    public const string MissingFile = "import.missing_file";

    // Of a row.
    public const string BadStatus = "import.bad_roster_status";
    public const string UnknownType = "import.unknown_organization_type";
    public const string UnknownRole = "import.unknown_roster_role";
    public const string UnknownUser = "import.unknown_user";
    public const string BadFlag = "import.bad_enabled_user";

    // Worth knowing.
    public const string IgnoredUsers = "import.ignored_users";
    public const string IgnoredFiles = "import.ignored_files";
    public const string IgnoredDeletions = "import.ignored_deletions";
    public const string OrganizationsMissing = "import.organizations_missing";
    public const string NotDeactivated = "import.not_deactivated";
    public const string OtherNcesId = "import.other_nces_id";

    private static readonly Dictionary<string, string> Details = new(StringComparer.Ordinal)
    {
        [ImportCodes.MissingValue] = "The row needs a value here.",
        [ImportCodes.BadDate] = "This is not a date. Write 2026-09-14, and as dateLastModified 2026-09-14T08:00:00.000Z.",
        [ImportCodes.RowTooShort] = "The row has fewer cells than the header.",
        [ImportCodes.RowTooLong] = "The row has more cells than the header. A cell that holds a comma must stand in quotes.",
        [ImportCodes.NulByte] = "The row holds a NUL byte. Remove it.",
        [ImportCodes.CellTooLong] = $"At most {ImportLimits.KeyCharacters} characters fit here.",
        [BadStatus] = "In a delta file the status is active or tobedeleted.",
        [UnknownType] = "A type is department, school, district, local, state or national.",
        [UnknownRole] = "This is no role of OneRoster. They are written as in the standard, such as teacher or siteAdministrator; roles of your own begin with ext:.",
        [UnknownUser] = "No row of users.csv, and nobody known from this source, has this userSourcedId.",
        [BadFlag] = "enabledUser is true or false.",
    };

    public static string DetailOf(string code) => Details[code];
}
