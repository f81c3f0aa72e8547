using PLService.Api.Features.Imports.Reading.Rosters;

namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>A column that a kind of file may have.</summary>
/// <param name="Field">What it tells.</param>
/// <param name="Name">What the documentation calls it.</param>
/// <param name="Synonyms">Other names for it.</param>
/// <param name="FormNames">What form tools call it, best first: of several in one file the best counts and the rest are passed
/// over.</param>
internal sealed record KnownColumn(Field Field, string Name, string[] Synonyms, params string[] FormNames);

/// <summary>The columns of each kind of file. Names are compared by <see cref="Squeeze"/>: case, blanks and punctuation do not
/// matter.</summary>
internal static class KnownColumns
{
    /// <summary>Added by the error file; passed over when a mended error file comes back.</summary>
    public static readonly string[] OfErrorFile = ["error_line", "error_column", "error_code", "error_detail"];

    private static readonly KnownColumn[] Scope =
    [
        new(Field.OrganizationIdSystem, "organization_id_system", ["org_id_system"]),
        new(Field.Organization, "organization_id", ["org_id"]),
        new(Field.AssessmentExternalId, "assessment_external_id", []),
        new(Field.AssessmentId, "assessment_id", []),
        new(Field.Instrument, "instrument", ["instrument_code"]),
        new(Field.InstrumentVersion, "instrument_version", []),
        new(Field.Round, "round", ["round_label"]),
        new(Field.WindowOpens, "window_opens", ["opens"]),
        new(Field.WindowCloses, "window_closes", ["closes"]),
    ];

    private static readonly KnownColumn[] Participant =
    [
        new(Field.ParticipantKey, "participant_key", ["participant", "participant_id", "respondent", "respondent_id", "respondent_key"],
            "response_id", "id", "email_address", "email", "username"),
        new(Field.Role, "role", ["participant_role"], "your_role", "what_is_your_role", "position", "job_title"),
        new(Field.RatedAt, "rated_at", ["submitted_at"],
            "completion_time", "timestamp", "recorded_date", "end_date", "submit_date", "start_time", "start_date", "last_modified_time"),
        new(Field.Comment, "comment", ["comments", "note"]),
    ];

    private static readonly KnownColumn[] Item =
    [
        new(Field.Item, "item_code", ["item", "item_id", "indicator"]),
        new(Field.Axis, "axis", ["axis_code"]),
        new(Field.Level, "level", ["level_code", "rating"]),
    ];

    private static readonly KnownColumn[] Tally =
    [
        new(Field.Group, "group", ["group_name"]),
        new(Field.Role, "role", []),
        new(Field.Participants, "participants", ["participant_count"]),
        new(Field.Count, "count", ["marks"]),
    ];

    private static readonly KnownColumn[] Organization =
    [
        new(Field.OrganizationIdSystem, "organization_id_system", ["id_system"]),
        new(Field.Organization, "organization_id", ["org_id"]),
        new(Field.Name, "name", ["organization_name"]),
        new(Field.OrganizationKind, "kind", ["organization_kind", "type"]),
        new(Field.ParentIdSystem, "parent_id_system", []),
        new(Field.Parent, "parent_id", []),
        new(Field.TimeZone, "time_zone", []),
        new(Field.OpenedOn, "opened_on", ["opened"]),
        new(Field.ClosedOn, "closed_on", ["closed"]),
        new(Field.SuccessorIdSystem, "successor_id_system", []),
        new(Field.Successor, "successor_id", ["successor"]),
    ];

    private static readonly KnownColumn[] Person =
    [
        new(Field.PersonIdSystem, "person_id_system", []),
        new(Field.Person, "person_id", ["employee_id"]),
        new(Field.Email, "email", ["email_address", "mail"]),
        new(Field.Name, "name", ["full_name", "person_name"]),
        new(Field.GivenName, "given_name", ["first_name"]),
        new(Field.FamilyName, "family_name", ["last_name", "surname"]),
        new(Field.OrganizationIdSystem, "organization_id_system", ["org_id_system"]),
        new(Field.Organization, "organization_id", ["org_id"]),
        new(Field.Position, "position", ["job_title"]),
        new(Field.EmployeeGroup, "employee_group", []),
        new(Field.Language, "language", []),
        new(Field.TimeZone, "time_zone", []),
        new(Field.Status, "status", []),
    ];

    private static readonly KnownColumn[] Membership =
    [
        new(Field.PersonIdSystem, "person_id_system", []),
        new(Field.Person, "person_id", ["employee_id"]),
        new(Field.Email, "email", ["email_address", "mail"]),
        new(Field.MembershipRole, "role", []),
        new(Field.OrganizationIdSystem, "organization_id_system", ["org_id_system"]),
        new(Field.Organization, "organization_id", ["org_id"]),
        new(Field.StartsOn, "starts_on", ["begins_on", "start_date", "begin_date", "starts", "begins"]),
        new(Field.EndsOn, "ends_on", ["end_date", "ends"]),
    ];

    // The form in which a roster is kept once it was read: its rows of organizations, then those of staff.
    private static readonly KnownColumn[] Roster =
    [
        new(Field.RosterFile, RosterColumns.File, []),
        new(Field.RosterLine, RosterColumns.Line, []),
        new(Field.RosterFault, RosterColumns.Fault, []),
        new(Field.RosterFaultColumn, RosterColumns.FaultColumn, []),
        new(Field.RosterFaultValue, RosterColumns.FaultValue, []),
        new(Field.OrganizationIdSystem, RosterColumns.OrganizationSystem, []),
        new(Field.Organization, RosterColumns.Organization, []),
        new(Field.Name, RosterColumns.Name, []),
        new(Field.OrganizationKind, RosterColumns.Type, []),
        new(Field.Parent, RosterColumns.Parent, []),
        new(Field.NcesId, RosterColumns.NcesId, []),
        new(Field.PersonIdSystem, RosterColumns.PersonSystem, []),
        new(Field.Person, RosterColumns.Person, []),
        new(Field.Email, RosterColumns.Email, []),
        new(Field.GivenName, RosterColumns.GivenName, []),
        new(Field.FamilyName, RosterColumns.FamilyName, []),
        new(Field.Position, RosterColumns.Position, []),
        new(Field.EmployeeGroup, RosterColumns.EmployeeGroup, []),
        new(Field.Status, RosterColumns.Status, []),
        new(Field.Places, RosterColumns.Places, []),
    ];

    /// <summary>What form tools add about a submission and nobody rates by.</summary>
    public static readonly HashSet<string> FormMetadata =
    [
        "name", "ipaddress", "progress", "durationinseconds", "finished", "status", "recipientlastname", "recipientfirstname",
        "recipientemail", "externalreference", "externaldatareference", "locationlatitude", "locationlongitude", "distributionchannel",
        "userlanguage", "points", "score", "quizfeedback",
    ];

    public static KnownColumn[] Of(ImportKind kind) => kind switch
    {
        ImportKind.ReadinessRatings => [.. Scope, .. Participant, .. Item],
        ImportKind.ReadinessWide => [.. Scope, .. Participant],
        ImportKind.Tallies => [.. Scope, .. Tally, .. Item],
        ImportKind.People => Person,
        ImportKind.Memberships => Membership,
        ImportKind.OneRoster => Roster,
        ImportKind.Plans => PlanColumns.Known,
        _ => Organization,
    };

    /// <summary>The name in its letters and digits, lower case.</summary>
    public static string Squeeze(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>The known name that a mistyped one most likely means; null when none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var squeezed = Squeeze(ImportIssue.Cut(name));
        var (best, distance) = known.Select(k => (Name: k, Distance: Distance(squeezed, Squeeze(k))))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(pair => pair.Distance);
        return distance <= Math.Max(1, best.Length / 3) ? best : null;
    }

    /// <summary>How many letters have to be changed, added or taken away (Levenshtein).</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
        }

        return row[b.Length];
    }
}
