namespace PLService.Api.Domain.Auditing;

/// <summary>Who did what to which resource, and when. Rows are only ever added.</summary>
public sealed class AuditEvent : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The database transaction that wrote it: the order in which readers of changes see rows.</summary>
    public ulong TransactionId { get; private init; }

    public DateTimeOffset At { get; init; }
    /// <summary>The machine that did it.</summary>
    public Guid? ApiClientId { get; init; }

    /// <summary>The person who did it.</summary>
    public Guid? PersonId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>Resource type and past participle: <c>organization.created</c>.</summary>
    public string Action { get; init; } = "";

    public string ResourceType { get; init; } = "";
    public Guid ResourceId { get; init; }

    /// <summary>JSON object with what a reader needs to understand the event; never participants' words.</summary>
    public string? Detail { get; init; }

    public string? TraceId { get; init; }
}
