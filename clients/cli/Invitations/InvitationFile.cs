using System.Globalization;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Invitations;

/// <summary>An invitation with the line that it stands in, to tell what is wrong where.</summary>
internal sealed record InvitationLine(int Line, InvitationEntry Entry);

/// <summary>A file of people to invite: a row each, with the columns that the first row names.</summary>
internal static class InvitationFile
{
    private static readonly string[] Columns = ["email", "role", "organization", "name", "starts_on", "ends_on", "language", "note"];

    /// <summary>Columns as people like to read them.</summary>
    public static string Described => string.Join(", ", Columns);

    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="role">The role of rows that name none.</param>
    /// <param name="organization">The organization of rows that name none, as id or system:value.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="UserErrorException">The file is missing, or holds something else.</exception>
    public static async Task<IReadOnlyList<InvitationLine>> ReadAsync(string path, Role? role, string? organization, CancellationToken ct)
    {
        if (path != "-" && !File.Exists(path))
            throw new UserErrorException(Directory.Exists(path) ? $"'{path}' is a folder." : $"There is no file '{path}'.");
        var text = path == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(path, ct);
        var records = CsvRecords.Read(text.TrimStart('\uFEFF')).ToList();
        if (records.Count < 2)
            throw new UserErrorException($"The file has no rows. Its first row names the columns: {Described}.");

        var names = records[0].Cells.Select(name => name.ToLowerInvariant().Replace(' ', '_')).ToList();
        if (names.FirstOrDefault(name => !Columns.Contains(name)) is { } unknown)
            throw new UserErrorException($"The file has a column '{unknown}'; it can have {Described}.");
        if (!names.Contains("email"))
            throw new UserErrorException("The file has no column 'email'.");
        return [.. records.Skip(1).Select(record => new InvitationLine(record.Line, EntryOf(record, names, role, organization)))];
    }

    /// <summary>An organization as people name it: the service's id, or an outside id as system:value; null is the whole tenant.</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static PlaceReference? PlaceOf(string? reference) =>
        string.IsNullOrEmpty(reference) ? null
        : Guid.TryParse(reference, out var id) ? new() { Id = id }
        : reference.Split(':', 2) is [{ Length: > 0 } system, { Length: > 0 } value] ? new() { System = system, Value = value }
        : throw new UserErrorException($"'{reference}' is neither an organization's id nor an outside id such as nces:0612345.");

    private static InvitationEntry EntryOf(CsvRecord record, List<string> names, Role? role, string? organization)
    {
        if (record.Cells.Count > names.Count)
            throw new UserErrorException($"Line {record.Line} has {record.Cells.Count} cells, and the first row names {names.Count} columns.");
        string? Cell(string name) => names.IndexOf(name) is >= 0 and var at && at < record.Cells.Count && record.Cells[at].Length > 0 ? record.Cells[at] : null;
        try
        {
            return new()
            {
                Email = Cell("email") ?? throw new UserErrorException("There is no e-mail address."),
                Role = Cell("role") is { } word ? RoleOf(word) : role ?? throw new UserErrorException("There is no role; give one with --role for all rows that name none."),
                Organization = PlaceOf(Cell("organization") ?? organization),
                Name = Cell("name"),
                StartsOn = DateOf(Cell("starts_on")),
                EndsOn = DateOf(Cell("ends_on")),
                Language = Cell("language"),
                Note = Cell("note"),
            };
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException($"Line {record.Line}: {error.Message}");
        }
    }

    private static Role RoleOf(string word) =>
        Enum.TryParse<Role>(word, ignoreCase: true, out var role) && !char.IsAsciiDigit(word[0]) ? role
        : throw new UserErrorException($"'{word}' is no role; there are {string.Join(", ", Enum.GetValues<Role>().Select(known => Commands.Words.Of(known)))}.");

    private static DateOnly? DateOf(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new UserErrorException($"'{text}' is no date such as 2026-08-01.");
}
