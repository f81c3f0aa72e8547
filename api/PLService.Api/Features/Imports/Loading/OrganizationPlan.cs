using PLService.Api.Domain.Organizations;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Rosters;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>A new organization of the file.</summary>
internal sealed class PlantedOrganization(Guid id, OrganizationRow row, OrganizationKind kind)
{
    public Guid Id => id;

    public OrganizationRow Row => row;

    public OrganizationKind Kind => kind;

    /// <summary>Its parent; null for a root.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Its parent, when that is new as well.</summary>
    public PlantedOrganization? NewParent { get; set; }

    /// <summary>How many organizations stand above it.</summary>
    public int Depth { get; set; }
}

/// <summary>A known organization of which the file says something.</summary>
internal sealed record OrganizationChange(Guid Id, OrganizationRow Row, OrganizationKind? Kind, Guid? ParentId);

/// <summary>An organization that the file closes.</summary>
internal sealed record OrganizationClosing(Guid Id, OrganizationRow Row, DateOnly On, Guid? SuccessorId);

/// <summary>Sorts the rows of a file into new, known and wrong ones, and finds each new one's place in the tree.</summary>
internal sealed class OrganizationPlan(IssueLog issues, bool needsParent, bool isRoster)
{
    private readonly Dictionary<OrganizationReference, PlantedOrganization> _planted = [];

    /// <summary>New organizations, a parent before its children.</summary>
    public List<PlantedOrganization> Created { get; } = [];

    public List<OrganizationChange> Changes { get; } = [];

    public List<OrganizationClosing> Closed { get; } = [];

    /// <summary>Rows that were rejected here.</summary>
    public int Rejected { get; private set; }

    /// <summary>Rows that were taken.</summary>
    public int Taken { get; private set; }

    public void Make(List<OrganizationRow> rows, Dictionary<OrganizationReference, KnownOrganization> known)
    {
        var kept = rows.FindAll(row => IsRight(row, known));
        foreach (var row in kept.Where(row => !known.ContainsKey(row.Organization)))
            _planted[row.Organization] = new(Guid.CreateVersion7(), row, OrganizationFinder.KindOf(row.Kind!)!.Value);
        // A row whose parent turns out wrong takes its children with it, however long the chain, and so does one that stands in a ring.
        do
        {
            while (kept.RemoveAll(row => !HasPlace(row, known)) > 0)
            {
            }
        }
        while (PlaceCreated(known, kept) > 0);

        foreach (var row in kept)
            Sort(row, known);
        Taken = kept.Count;
    }

    private void Sort(OrganizationRow row, Dictionary<OrganizationReference, KnownOrganization> known)
    {
        if (known.TryGetValue(row.Organization, out var there))
            Changes.Add(new(there.Id, row, row.Kind is null ? null : OrganizationFinder.KindOf(row.Kind), row.Parent is null ? null : IdOf(row.Parent, known)));
        if (row.ClosedOn is { } on)
            Closed.Add(new(IdOf(row.Organization, known)!.Value, row, on, row.Successor is null ? null : IdOf(row.Successor, known)));
    }

    private bool IsRight(OrganizationRow row, Dictionary<OrganizationReference, KnownOrganization> known)
    {
        var isNew = !known.TryGetValue(row.Organization, out var there);
        if (there is { IsReached: false } || (isNew && row.Organization.Id is not null))
            return Reject(row, ImportLoadCodes.UnknownOrganization, "No organization that you can reach has this id.", "organization_id", row.Organization.ToString());
        if (row.Kind is { } kind && OrganizationFinder.KindOf(kind) is null)
            return Reject(row, "import.unknown_kind", "A kind is state, region, district, school, network or other.", "kind", kind);
        if (isNew && (row.Name is null || row.Kind is null))
            return Reject(row, ImportCodes.MissingValue, "A new organization needs a name and a kind.", row.Name is null ? "name" : "kind", null);
        if (row.Name?.Length > Organization.NameMaxLength)
            return Reject(row, ImportCodes.CellTooLong, $"A name has at most {Organization.NameMaxLength} characters.", "name", row.Name);
        if (row.Organization is { System.Length: > OrganizationIdentifier.SystemMaxLength } or { Value.Length: > OrganizationIdentifier.ValueMaxLength }
            || (row.Organization.System is { } system && !System.Text.RegularExpressions.Regex.IsMatch(system, "^[a-z][a-z0-9-]{0,39}$")))
            return Reject(row, ImportCodes.BadId, "An id has a system such as nces, of lower-case letters, digits and hyphens, and a value of at most 80 characters.", "organization_id", row.Organization.ToString());
        return (row.OpenedOn is null || row.ClosedOn is null || row.OpenedOn <= row.ClosedOn)
            || Reject(row, OrganizationErrors.ClosedBeforeOpened.Code, OrganizationErrors.ClosedBeforeOpened.Message, "closed_on", $"{row.ClosedOn:O}");
    }

    // Whether parent and successor exist, stored or in the file.
    private bool HasPlace(OrganizationRow row, Dictionary<OrganizationReference, KnownOrganization> known)
    {
        var isNew = _planted.ContainsKey(row.Organization);
        if (row.Parent is { } parent ? !Exists(parent, known) : isNew && needsParent)
            return Remove(row, ImportLoadCodes.UnknownOrganization, row.Parent is null ? "Only who reaches the whole tenant can add a root; name a parent." : "No organization that you can reach, stored or in this file, has the parent's id.", "parent_id", row.Parent?.ToString());
        return row.Successor is null || Exists(row.Successor, known)
            || Remove(row, ImportLoadCodes.UnknownOrganization, "No organization that you can reach, stored or in this file, has the successor's id.", "successor_id", row.Successor.ToString());
    }

    private bool Exists(OrganizationReference reference, Dictionary<OrganizationReference, KnownOrganization> known) =>
        _planted.ContainsKey(reference) || known.GetValueOrDefault(reference) is { IsReached: true };

    private Guid? IdOf(OrganizationReference reference, Dictionary<OrganizationReference, KnownOrganization> known) =>
        _planted.TryGetValue(reference, out var planted) ? planted.Id : known.GetValueOrDefault(reference)?.Id;

    // Parents first; what is never reached from above stands in a ring. Gives how many rows found no place.
    private int PlaceCreated(Dictionary<OrganizationReference, KnownOrganization> known, List<OrganizationRow> kept)
    {
        Created.Clear();
        var lost = new HashSet<OrganizationRow>(ReferenceEqualityComparer.Instance);
        foreach (var planted in _planted.Values.Where(p => p.Row.Parent is not null))
        {
            planted.ParentId = IdOf(planted.Row.Parent!, known);
            planted.NewParent = _planted.GetValueOrDefault(planted.Row.Parent!);
            planted.Depth = known.TryGetValue(planted.Row.Parent!, out var above) ? above.Depth + 1 : 0;
        }

        var children = _planted.Values.Where(p => p.NewParent is not null).ToLookup(p => p.NewParent!);
        var next = new Queue<PlantedOrganization>(_planted.Values.Where(p => p.NewParent is null));
        while (next.TryDequeue(out var planted))
        {
            planted.Depth = planted.NewParent is { } parent ? parent.Depth + 1 : planted.Depth;
            if (planted.Depth < Organization.MaxDepth)
                Created.Add(planted);
            else if (lost.Add(planted.Row))
                Reject(planted.Row, OrganizationErrors.TooDeep.Code, OrganizationErrors.TooDeep.Message, "parent_id", planted.Row.Parent?.ToString());
            foreach (var child in children[planted])
                next.Enqueue(child);
        }

        foreach (var ring in _planted.Values.Except(Created).Where(p => lost.Add(p.Row)))
            Reject(ring.Row, OrganizationErrors.Cycle.Code, "Following the parents from here leads into a ring.", "parent_id", ring.Row.Parent?.ToString());

        foreach (var row in lost)
            _planted.Remove(row.Organization);
        return kept.RemoveAll(lost.Contains);
    }

    private bool Remove(OrganizationRow row, string code, string detail, string? column, string? value)
    {
        _planted.Remove(row.Organization);
        return Reject(row, code, detail, column, value);
    }

    private bool Reject(OrganizationRow row, string code, string detail, string? column, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, row.Line, row.Record, isRoster ? RosterColumns.InOrganizations(column) : column, value is null ? null : ImportIssue.Cut(value)));
        Rejected++;
        return false;
    }
}
