using System.Globalization;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>
/// Brings the rows of a table into a package. A row is found by its identifier, then by its code, then by its words where it has no code; any
/// other is a new statement. Statements that the table leaves out stay, and so does what a table has no column for.
/// </summary>
internal sealed class StandardMerge
{
    private readonly CasePackage _package;
    private readonly DateTimeOffset _now;
    private readonly CaseFindings _findings = new();
    private readonly Dictionary<Guid, int> _places;
    private readonly ILookup<string, Guid> _byCode;
    private readonly ILookup<string, Guid> _byStatement;
    private readonly HashSet<(string Column, string Text)> _named = [];

    private StandardMerge(CasePackage package, DateTimeOffset now)
    {
        (_package, _now) = (package, now);
        _places = package.Items.Index().ToDictionary(item => item.Item.Id, item => item.Index);
        _byCode = package.Items.Where(item => item.Wording.Code is not null).ToLookup(item => item.Wording.Code!, item => item.Id);
        _byStatement = package.Items.Where(item => item.Wording.Code is null).ToLookup(item => item.Wording.Statement, item => item.Id);
    }

    /// <summary>The package with the rows in it, or what is wrong with these; <paramref name="package"/> is changed.</summary>
    public static CaseReading Merge(CasePackage package, IReadOnlyList<StandardRow> rows, DateTimeOffset now)
    {
        var merge = new StandardMerge(package, now);
        merge.Merge(rows);
        return new(merge._findings.Faults.Count == 0 ? package : null, merge._findings.Faults, merge._findings.Warnings);
    }

    private void Merge(IReadOnlyList<StandardRow> rows)
    {
        var ids = new Guid[rows.Count];
        var seen = new HashSet<Guid>();
        foreach (var (i, row) in rows.Index())
        {
            if (Find(row) is not { } id)
                continue;
            if (!seen.Add(id))
                Fault(row, string.IsNullOrWhiteSpace(row.Identifier) ? "code" : "identifier", "duplicate", "Another row is the same statement.");
            ids[i] = id;
            Put(row, id);
        }

        if (_findings.Faults.Count > 0)
            return;
        var parents = new StandardParents(_package, _findings, _now);
        foreach (var (i, row) in rows.Index())
            parents.Place(row, ids[i]);
        CaseTree.Check(_package.Document.Id, _package.Items, _package.Associations, _findings);
    }

    private Guid? Find(StandardRow row)
    {
        if (!string.IsNullOrWhiteSpace(row.Identifier))
        {
            if (CaseIds.TryRead(row.Identifier, out var id))
                return id;
            Fault(row, "identifier", "format", "An identifier is a UUID; leave the cell blank for a new statement.");
            return null;
        }

        // Rows without an identifier are told apart by what they are called, or the same file again would double them.
        var (column, found) = string.IsNullOrWhiteSpace(row.Code)
            ? ("statement", _byStatement[row.Statement?.Trim() ?? ""])
            : ("code", _byCode[row.Code.Trim()]);
        var same = found.Take(2).ToList();
        if (same.Count == 2)
            Fault(row, column, "ambiguous", "Several statements are called so; give the identifier of the one that is meant.");
        else if (!_named.Add((column, (column == "code" ? row.Code : row.Statement)?.Trim() ?? "")))
            Fault(row, column, "duplicate", "Another row is called so; give each its identifier, or a code of its own.");
        return same.Count switch { 0 => Guid.CreateVersion7(), 1 => same[0], _ => null };
    }

    private void Put(StandardRow row, Guid id)
    {
        var exists = _places.TryGetValue(id, out var place);
        if (string.IsNullOrWhiteSpace(row.Statement) && (!exists || row.Statement is not null))
        {
            Fault(row, "statement", "missing", "A statement needs its words.");
            return;
        }

        if (row.Code?.Length > CaseLimits.Code)
            Fault(row, "code", "too_long", $"A code may have {CaseLimits.Code} characters.");
        var body = exists ? CaseObject.Read(_package.Items[place].Body) : CaseObject.New(CaseBodies.Items, id, _now);
        Say(body, "fullStatement", row.Statement);
        Say(body, "humanCodingScheme", row.Code);
        Say(body, "abbreviatedStatement", row.Label);
        Say(body, "CFItemType", row.ItemType);
        Say(body, "language", row.Language);
        Say(body, "notes", row.Notes);
        SayAll(body, "educationLevel", row.EducationLevels);
        SayAll(body, "subject", row.Subjects);
        if (exists && JsonNode.DeepEquals(JsonNode.Parse(body.Write()), JsonNode.Parse(_package.Items[place].Body)))
            return;

        var text = body.Changed(_now).Write();
        var members = JsonNode.Parse(text)!.AsObject();
        var item = new CaseItem(id, CaseColumns.Wording(members), CaseColumns.ItemType(members), text);
        if (exists)
        {
            _package.Items[place] = item;
            return;
        }

        _places.Add(id, _package.Items.Count);
        _package.Items.Add(item);
    }

    private static void Say(CaseObject body, string member, string? cell)
    {
        if (cell is not null)
            body.With(member, string.IsNullOrWhiteSpace(cell) ? null : cell.Trim());
    }

    private static void SayAll(CaseObject body, string member, string? cell)
    {
        if (cell is not null && cell != string.Join(StandardColumns.Separator, body.Texts(member)))
            body.With(member, cell.Split(StandardColumns.Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private void Fault(StandardRow row, string column, string code, string detail) =>
        _findings.Fault(string.Create(CultureInfo.InvariantCulture, $"/{row.Line}/{column}"), code, $"Line {row.Line}: {detail}");
}
