namespace PLService.Api.Domain.Organizations;

/// <summary>What kind of node an organization is in the tenant's tree.</summary>
public enum OrganizationKind
{
    State,
    Region,
    District,
    School,
    Network,
    Other,
}

/// <summary>Whether an organization still works.</summary>
public enum OrganizationStatus
{
    Active,
    Closed,
}

/// <summary>A node of the tenant's tree: state, region (ESD, RESC), district (LEA), school.</summary>
public sealed class Organization : TenantEntity
{
    public const int NameMaxLength = 200;
    public const int TimeZoneMaxLength = 64;

    /// <summary>How deep the tree may be, the root counted.</summary>
    public const int MaxDepth = 12;

    private Organization()
    {
    }

    public Guid? ParentId { get; private set; }
    public OrganizationKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public OrganizationStatus Status { get; private set; } = OrganizationStatus.Active;

    /// <summary>IANA name; due dates and windows are days of this zone.</summary>
    public string TimeZone { get; private set; } = "UTC";

    public DateOnly? OpenedOn { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The organization that took over when this one closed or merged.</summary>
    public Guid? SuccessorId { get; private set; }

    public static Organization Create(OrganizationKind kind, string name, string timeZone, Guid? parentId, DateOnly? openedOn) =>
        new() { Kind = kind, Name = name, TimeZone = timeZone, ParentId = parentId, OpenedOn = openedOn };

    public DomainError? Change(OrganizationKind kind, string name, string timeZone, DateOnly? openedOn)
    {
        if (openedOn > ClosedOn)
            return OrganizationErrors.ClosedBeforeOpened;

        (Kind, Name, TimeZone, OpenedOn) = (kind, name, timeZone, openedOn);
        return null;
    }

    /// <summary>The day that it is at <paramref name="now"/> where the organization is.</summary>
    public DateOnly Today(DateTimeOffset now) =>
        LocalDay.In(TimeZone, now);

    /// <summary>The closure table is moved with it by <c>OrganizationTree</c>.</summary>
    public void MoveTo(Guid? parentId) => ParentId = parentId;

    public DomainError? Close(DateOnly closedOn, Guid? successorId)
    {
        if (Status is OrganizationStatus.Closed)
            return OrganizationErrors.AlreadyClosed;
        if (successorId == Id)
            return OrganizationErrors.OwnSuccessor;
        if (OpenedOn > closedOn)
            return OrganizationErrors.ClosedBeforeOpened;

        (Status, ClosedOn, SuccessorId) = (OrganizationStatus.Closed, closedOn, successorId);
        return null;
    }

    public DomainError? Reopen()
    {
        if (Status is OrganizationStatus.Active)
            return OrganizationErrors.NotClosed;

        (Status, ClosedOn, SuccessorId) = (OrganizationStatus.Active, null, null);
        return null;
    }
}

/// <summary>An (ancestor, descendant) pair of the tree; every organization is its own descendant at depth 0.</summary>
public sealed class OrganizationClosure : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid AncestorId { get; init; }
    public Guid DescendantId { get; init; }
    public short Depth { get; init; }
}
