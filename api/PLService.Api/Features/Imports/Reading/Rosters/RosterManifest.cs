namespace PLService.Api.Features.Imports.Reading.Rosters;

internal enum RosterMode
{
    Absent,

    /// <summary>Everything: who is not in it is gone.</summary>
    Bulk,

    /// <summary>What has changed.</summary>
    Delta,
}

/// <summary>What manifest.csv says of the zip.</summary>
internal sealed record RosterManifest(bool IsOld, string System, RosterMode Organizations, RosterMode Users, RosterMode Roles)
{
    public const string File = "manifest.csv";
    public const string OrganizationsFile = "orgs.csv";
    public const string UsersFile = "users.csv";
    public const string RolesFile = "roles.csv";

    private const string DefaultSystem = "oneroster";
    private const int SystemLength = 40;

    /// <exception cref="ImportFileException">It is missing, or does not fit what the zip holds.</exception>
    public static async Task<RosterManifest> ReadAsync(RosterArchive archive, CancellationToken ct)
    {
        if (!archive.Has(File))
            throw new ImportFileException(RosterFaults.MissingFile, $"The zip has no {File}, which tells what the other files are.", column: File);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var table = await RosterTable.OpenAsync(archive, File, RosterShape.Manifest, ct))
        {
            while (await table.ReadAsync(ct))
            {
                if (said.Count >= RosterLimits.ManifestRows)
                    throw Bad($"It has more than {RosterLimits.ManifestRows} rows.");
                if (table["propertyName"] is { } name && !said.TryAdd(name, table["value"] ?? ""))
                    throw Bad($"It says {ImportIssue.Cut(name)} twice.");
            }
        }

        var version = said.GetValueOrDefault("oneroster.version");
        if (version is not ("1.1" or "1.2"))
            throw Bad("oneroster.version must be 1.1 or 1.2.", version);
        var manifest = new RosterManifest(
            version is "1.1", SystemOf(said.GetValueOrDefault("source.systemCode")), Mode("orgs"), Mode("users"), version is "1.1" ? RosterMode.Absent : Mode("roles"));
        manifest.Check();
        return manifest;

        RosterMode Mode(string name)
        {
            var mode = said.GetValueOrDefault($"file.{name}") switch
            {
                null or "absent" => RosterMode.Absent,
                "bulk" => RosterMode.Bulk,
                "delta" => RosterMode.Delta,
                var other => throw Bad($"file.{name} is absent, bulk or delta.", other),
            };
            if (mode is RosterMode.Absent == archive.Has($"{name}.csv"))
                throw new ImportFileException(
                    RosterFaults.MissingFile, mode is RosterMode.Absent ? $"{name}.csv is in the zip, but {File} calls it absent." : $"{File} promises {name}.csv, but the zip has none.", column: $"{name}.csv");
            return mode;
        }
    }

    private void Check()
    {
        if (Organizations is RosterMode.Absent && Users is RosterMode.Absent && Roles is RosterMode.Absent)
            throw Bad("The zip has neither organizations nor users.");
        if (Users is RosterMode.Bulk && Roles is not RosterMode.Bulk && !IsOld)
            throw Bad("All users need all roles: file.roles must be bulk when file.users is.");
        if (Roles is RosterMode.Bulk && Users is not RosterMode.Bulk)
            throw Bad("All roles need all users: file.users must be bulk when file.roles is.");
    }

    // The code becomes the system of outside ids. Ids of the same name in the tenant that mean something else stay apart.
    private static string SystemOf(string? code)
    {
        var slug = string.Join('-', new string([.. (code ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (slug.Length == 0)
            return DefaultSystem;
        var whole = char.IsAsciiDigit(slug[0]) || slug is "nces" or "state" or "hr" ? $"{DefaultSystem}-{slug}" : slug;
        return whole[..Math.Min(whole.Length, SystemLength)].TrimEnd('-');
    }

    private static ImportFileException Bad(string detail, string? value = null) =>
        new(RosterFaults.BadManifest, $"{File}: {detail}", column: File, value: value is null ? null : ImportIssue.Cut(value));
}
