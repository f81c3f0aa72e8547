using System.IO.Compression;
using System.Text;

namespace PLService.Api.Tests.Imports;

/// <summary>Writes the zip of a roster as roster systems do: a district with schools, and users of all sorts.</summary>
internal sealed class RosterZip(string version = "1.2", string mode = "bulk")
{
    public const string Secret = "Tr0ub4dor-unmistakable";
    public const string Student = "Pupil-unmistakable";

    private readonly SortedDictionary<string, string> _modes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _files = new(StringComparer.Ordinal);

    public bool IsOld => version == "1.1";

    public string? SystemCode { get; init; }

    public static RosterZip Small(string version = "1.2") => new RosterZip(version)
        .Org("d1", "Alder District", "district", "0900030").Org("s1", "Cedar School", "school", "090003000101", "d1").Org("m1", "Science", "department", "", "s1")
        .User("t1", "Ada", "teacher", "s1").User("p1", "Ben", "principal", "s1").User("a1", "Cy", IsOldRole(version), "d1")
        .User("k1", Student, "student", "s1").User("g1", Student, "parent", "s1")
        .File("classes", "sourcedId,status,dateLastModified,title\nc1,,,Algebra\n");

    public RosterZip Org(string id, string name, string type, string identifier = "", string parent = "", string status = "")
    {
        Of("orgs", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.color\n").Append($"{id},{Changed(status)},\"{name}\",{type},{identifier},{parent},blue\n");
        return this;
    }

    public RosterZip User(string id, string name, string? role, string org, string enabled = "true", string status = "", string? email = null)
    {
        email ??= $"{id}@example.org";
        if (IsOld)
        {
            Of("users", "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n")
                .Append($"{id},{Changed(status)},{enabled},{org},{role},{id},,{name},Moreno,,,{email},,,,,{Secret}\n");
            return this;
        }

        Of("users", "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n")
            .Append($"{id},{Changed(status)},{enabled},{id},,{name},Moreno,,,{email},,,,,{Secret},,,,,,\n");
        return role is null ? this : Role(id, role, org);
    }

    public RosterZip Role(string user, string role, string org, string endDate = "")
    {
        Of("roles", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n")
            .Append($"r-{user}-{org},{Changed("")},{user},primary,{role},,{endDate},{org},\n");
        return this;
    }

    public RosterZip File(string name, string text)
    {
        _files[name] = new(text);
        _modes[name] = mode;
        return this;
    }

    /// <summary>Has the manifest say something else of a file than what is there.</summary>
    public RosterZip Call(string name, string what)
    {
        _modes[name] = what;
        return this;
    }

    public byte[] Bytes(Action<ZipArchive>? more = null)
    {
        var manifest = new StringBuilder($"propertyName,value\nmanifest.version,1.0\noneroster.version,{version}\n");
        foreach (var name in new[] { "academicSessions", "classes", "orgs", "users" }.Concat(IsOld ? [] : ["roles"]))
            manifest.Append($"file.{name},{_modes.GetValueOrDefault(name, "absent")}\n");
        if (SystemCode is not null)
            manifest.Append($"source.systemCode,{SystemCode}\n");
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.csv", manifest.ToString());
            foreach (var (name, text) in _files)
                Add(zip, $"{name}.csv", text.ToString());
            more?.Invoke(zip);
        }

        return buffer.ToArray();
    }

    public static void Add(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(true));
        writer.Write(text);
    }

    private static string IsOldRole(string version) => version == "1.1" ? "administrator" : "districtAdministrator";

    private string Changed(string status) => mode == "delta" ? $"{(status.Length == 0 ? "active" : status)},2026-11-01T08:00:00.000Z" : ",";

    private StringBuilder Of(string name, string header)
    {
        if (!_files.TryGetValue(name, out var text))
        {
            _files[name] = text = new(header);
            _modes[name] = mode;
        }

        return text;
    }
}
