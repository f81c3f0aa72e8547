using System.Globalization;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>
/// Takes organizations and staff out of a zip. What is none of ours, such as students, and what must not be stored, such as passwords, ends here.
/// </summary>
internal sealed class RosterTranslation
{
    private readonly RosterArchive _archive;
    private readonly RosterManifest _manifest;
    private readonly RosterOutput _output;
    private readonly IReadOnlySet<string> _known;
    private readonly DateOnly _today;
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterRoles> _roles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _ignored = new(StringComparer.Ordinal);
    private long _deletions;
    private long _written;

    private RosterTranslation(RosterArchive archive, RosterManifest manifest, RosterOutput output, IReadOnlySet<string> known, DateOnly today) =>
        (_archive, _manifest, _output, _known, _today) = (archive, manifest, output, known, today);

    /// <param name="zip">The upload, from its beginning.</param>
    /// <param name="output">Takes the rows that are ours.</param>
    /// <param name="known">Asked for the ids of the people who are known from a source, when a file tells only what has changed.</param>
    /// <param name="today">Roles that ended before are none.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<RosterFindings> RunAsync(Stream zip, Stream output, Func<string, Task<HashSet<string>>> known, DateOnly today, CancellationToken ct)
    {
        using var archive = RosterArchive.Open(zip);
        var manifest = await RosterManifest.ReadAsync(archive, ct);
        var people = manifest.Users is RosterMode.Delta || manifest.Roles is RosterMode.Delta ? await known(manifest.System) : [];
        await using var writer = new RosterOutput(output);
        return await new RosterTranslation(archive, manifest, writer, people, today).RunAsync(ct);
    }

    private async Task<RosterFindings> RunAsync(CancellationToken ct)
    {
        await ReadAsync(RosterManifest.OrganizationsFile, _manifest.Organizations, RosterShape.Organizations, OrganizationAsync, ct);
        await ReadAsync(RosterManifest.RolesFile, _manifest.Roles, RosterShape.Roles, RoleAsync, ct);
        await ReadAsync(RosterManifest.UsersFile, _manifest.Users, _manifest.IsOld ? RosterShape.UsersWithRole : RosterShape.Users, UserAsync, ct);
        foreach (var (id, roles) in _roles.Where(pair => pair.Value is { IsSeen: false, Best: not null }))
            await RolesAloneAsync(id, roles);
        if (_written == 0 && _manifest is { Organizations: not RosterMode.Delta, Users: not RosterMode.Delta, Roles: not RosterMode.Delta })
            throw new ImportFileException(ImportCodes.Empty, "The files hold no organization and no staff.");
        return new()
        {
            System = _manifest.System,
            HasAllOrganizations = _manifest.Organizations is RosterMode.Bulk,
            HasAllPeople = _manifest.Users is RosterMode.Bulk,
            Ignored = _ignored.Values.Sum(),
            Issues = [.. Notes()],
        };
    }

    private async Task ReadAsync(string file, RosterMode mode, RosterShape shape, Func<RosterTable, bool, Task> take, CancellationToken ct)
    {
        if (mode is RosterMode.Absent)
            return;
        await using var table = await RosterTable.OpenAsync(_archive, file, mode is RosterMode.Delta ? shape.AsDelta() : shape, ct);
        while (await table.ReadAsync(ct))
        {
            if (FaultOf(table, mode) is var (code, column))
                await RefuseAsync(file, table, code, column);
            else
                await take(table, table["status"] is "tobedeleted");
        }
    }

    private static (string Code, string? Column)? FaultOf(RosterTable table, RosterMode mode)
    {
        if (table.Fault is { } fault)
            return (fault, null);
        if (table["sourcedId"] is null)
            return (ImportCodes.MissingValue, "sourcedId");
        if (table["status"] is not (null or "active" or "tobedeleted") || (mode is RosterMode.Delta && table["status"] is null))
            return (RosterFaults.BadStatus, "status");
        if (mode is RosterMode.Delta && !DateTimeOffset.TryParse(table["dateLastModified"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            return (ImportCodes.BadDate, "dateLastModified");
        return null;
    }

    private async Task OrganizationAsync(RosterTable table, bool isDeleted)
    {
        if (isDeleted)
        {
            _deletions++;
            return;
        }

        var kind = table["type"] switch
        {
            "school" => "school",
            "district" => "district",
            "local" => "region",
            "state" => "state",
            "national" or "department" => "other",
            _ => null,
        };
        if (kind is null)
        {
            await RefuseAsync(RosterManifest.OrganizationsFile, table, table["type"] is null ? ImportCodes.MissingValue : RosterFaults.UnknownType, "type");
            return;
        }

        _types[table["sourcedId"]!] = table["type"]!;
        _written++;
        await _output.WriteAsync(
            RosterManifest.OrganizationsFile, table.Line, (RosterColumns.OrganizationSystem, _manifest.System), (RosterColumns.Organization, table["sourcedId"]),
            (RosterColumns.Name, table["name"]), (RosterColumns.Type, kind), (RosterColumns.Parent, table["parentSourcedId"]), (RosterColumns.NcesId, NcesId(table["identifier"])));
    }

    private async Task RoleAsync(RosterTable table, bool isDeleted)
    {
        if (isDeleted)
        {
            _deletions += _manifest.Roles is RosterMode.Delta ? 1 : 0;
            return;
        }

        if (FaultOfRole(table) is var (code, column))
        {
            await RefuseAsync(RosterManifest.RolesFile, table, code, column);
            return;
        }

        var roles = RolesOf(table["userSourcedId"]!, table.Line);
        if (RosterStaff.Of(table["role"]!, null) is not { } staff)
            roles.Other ??= table["role"]!;
        else if (DayOf(table["endDate"]) is { } end && end < _today)
            roles.Other ??= "no longer staff";
        else
            roles.Add(staff, table["orgSourcedId"]!, table["roleType"] is "primary", table.Line);
    }

    private static (string Code, string Column)? FaultOfRole(RosterTable table)
    {
        foreach (var needed in new[] { "userSourcedId", "role", "orgSourcedId" })
        {
            if (table[needed] is null)
                return (ImportCodes.MissingValue, needed);
        }

        if (!RosterStaff.IsKnown(table["role"]!, isOld: false))
            return (RosterFaults.UnknownRole, "role");
        return table["endDate"] is { } end && DayOf(end) is null ? (ImportCodes.BadDate, "endDate") : null;
    }

    private async Task UserAsync(RosterTable table, bool isDeleted)
    {
        var id = table["sourcedId"]!;
        if (_manifest.IsOld && table["role"] is null)
            await RefuseAsync(RosterManifest.UsersFile, table, ImportCodes.MissingValue, "role");
        else if (_manifest.IsOld && !RosterStaff.IsKnown(table["role"]!, isOld: true))
            await RefuseAsync(RosterManifest.UsersFile, table, RosterFaults.UnknownRole, "role");
        else if (isDeleted)
            await DeletedAsync(table, id);
        else
            await PresentAsync(table, id);
    }

    // Of all users, one who is to be deleted is one who is missing.
    private async Task DeletedAsync(RosterTable table, string id)
    {
        if (_roles.TryGetValue(id, out var roles))
            roles.IsSeen = true;
        if (_known.Contains(id))
            await WriteAsync(table.Line, RosterManifest.UsersFile, id, null, (RosterColumns.Status, "inactive"));
        else
            Ignore("to be deleted");
    }

    private async Task PresentAsync(RosterTable table, string id)
    {
        if (_manifest.IsOld)
            TakeOldRole(table, id);
        var roles = _roles.GetValueOrDefault(id);
        if (roles is not null)
            roles.IsSeen = true;
        if (roles?.Best is null && !_known.Contains(id))
        {
            Ignore(roles?.Other ?? "without a role");
            return;
        }

        if (table["enabledUser"]?.ToLowerInvariant() is not (null or "true" or "false"))
        {
            await RefuseAsync(RosterManifest.UsersFile, table, RosterFaults.BadFlag, "enabledUser");
            return;
        }

        await WriteAsync(
            table.Line, RosterManifest.UsersFile, id, roles, (RosterColumns.Email, table["email"]),
            (RosterColumns.GivenName, table["preferredGivenName"] ?? table["givenName"]), (RosterColumns.FamilyName, table["preferredFamilyName"] ?? table["familyName"]),
            (RosterColumns.Status, string.Equals(table["enabledUser"], "false", StringComparison.OrdinalIgnoreCase) ? "inactive" : "active"),
            (RosterColumns.Organization, table["primaryOrgSourcedId"] ?? roles?.Place));
    }

    private void TakeOldRole(RosterTable table, string id)
    {
        var places = table["orgSourcedIds"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var roles = RolesOf(id, table.Line);
        if (RosterStaff.Of(table["role"]!, places.Length == 0 ? null : _types.GetValueOrDefault(places[0])) is { } staff)
            roles.AddOld(staff, places, table.Line);
        else
            roles.Other = table["role"]!;
    }

    // A role that was added to somebody of whom nothing else has changed.
    private async Task RolesAloneAsync(string id, RosterRoles roles)
    {
        if (_known.Contains(id))
            await WriteAsync(roles.Line, RosterManifest.RolesFile, id, roles, (RosterColumns.Organization, roles.Place));
        else
        {
            _written++;
            await _output.RefuseAsync(RosterManifest.RolesFile, roles.Line, RosterFaults.UnknownUser, "userSourcedId", id);
        }
    }

    private Task WriteAsync(long line, string file, string id, RosterRoles? roles, params (string Column, string? Value)[] cells)
    {
        _written++;
        return _output.WriteAsync(
            file, line,
            [
                .. cells, (RosterColumns.OrganizationSystem, _manifest.System), (RosterColumns.PersonSystem, _manifest.System), (RosterColumns.Person, id),
                (RosterColumns.Position, roles?.Best?.Position), (RosterColumns.EmployeeGroup, roles?.Best is { } staff ? EnumText.Of(staff.Group) : null),
                (RosterColumns.Places, roles is null ? null : string.Join(RosterColumns.PlaceSeparator, roles.Places)),
            ]);
    }

    private Task RefuseAsync(string file, RosterTable table, string code, string? column)
    {
        _written++;
        return _output.RefuseAsync(file, table.Line, code, column, column is null ? null : table[column]);
    }

    private RosterRoles RolesOf(string user, long line)
    {
        if (!_roles.TryGetValue(user, out var roles))
            _roles[user] = roles = new(line);
        return roles;
    }

    private void Ignore(string why) => _ignored[why] = _ignored.GetValueOrDefault(why) + 1;

    private IEnumerable<ImportIssue> Notes()
    {
        if (_ignored.Count > 0)
            yield return Note(RosterFaults.IgnoredUsers, $"Only staff is taken. Passed over: {string.Join(", ", _ignored.Select(pair => $"{pair.Value} {ImportIssue.Cut(pair.Key)}"))}.");
        var others = _archive.Names.Except([RosterManifest.File, RosterManifest.OrganizationsFile, RosterManifest.UsersFile, RosterManifest.RolesFile]).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            yield return Note(RosterFaults.IgnoredFiles, $"Only organizations, users and roles are read. Passed over: {ImportIssue.Cut(string.Join(", ", others))}.");
        if (_deletions > 0)
            yield return Note(RosterFaults.IgnoredDeletions, $"{_deletions} organizations or roles to be deleted were left as they are. Close the organizations and end the roles here if they are gone.");
    }

    private static ImportIssue Note(string code, string detail) => new(ImportSeverity.Warning, code, detail, 0, 0);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? NcesId(string? identifier) => identifier is { Length: 7 or 12 } && identifier.All(char.IsAsciiDigit) ? identifier : null;
}

/// <summary>The roles of one user, those of staff and, when there are none, what else the user is.</summary>
internal sealed class RosterRoles(long line)
{
    private readonly List<string> _places = [];
    private bool _isPrimary;

    public long Line { get; private set; } = line;

    public RosterStaff? Best { get; private set; }

    /// <summary>The place of the best one.</summary>
    public string? Place { get; private set; }

    public IReadOnlyList<string> Places => _places;

    public string? Other { get; set; }

    /// <summary>Whether the row of the user was there.</summary>
    public bool IsSeen { get; set; }

    public void Add(RosterStaff staff, string place, bool isPrimary, long at)
    {
        if (Best is null || (isPrimary && !_isPrimary))
            (Best, Place, _isPrimary, Line) = (staff, place, isPrimary, at);
        if (!_places.Contains(place))
            _places.Add(place);
    }

    public void AddOld(RosterStaff staff, IReadOnlyList<string> places, long at)
    {
        (Best, Place, Line) = (staff, places.Count > 0 ? places[0] : null, at);
        _places.AddRange(places.Distinct());
    }
}
