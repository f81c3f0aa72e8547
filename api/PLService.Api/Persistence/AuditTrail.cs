using System.Diagnostics;
using System.Text.Json;
using PLService.Api.Access;
using PLService.Api.Domain.Auditing;

namespace PLService.Api.Persistence;

/// <summary>Writes down who did what, in the transaction of the deed.</summary>
public sealed class AuditTrail(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    /// <summary>Adds an event that is saved with the next SaveChanges.</summary>
    /// <param name="action">Resource type and past participle: <c>organization.created</c>. What ends in <c>.read</c> or <c>.exported</c>
    /// changed nothing and is not in the change feed.</param>
    /// <param name="resourceId">What it was done to.</param>
    /// <param name="organizationId">The organization it concerns: who can reach that can read the event.</param>
    /// <param name="detail">What a reader needs to understand it; never participants' words.</param>
    public void Record(string action, Guid resourceId, Guid? organizationId, object? detail = null) => db.Add(new AuditEvent
    {
        At = clock.GetUtcNow(),
        ApiClientId = caller.ApiClientId,
        PersonId = caller.PersonId,
        OrganizationId = organizationId,
        Action = action,
        ResourceType = action[..action.IndexOf('.', StringComparison.Ordinal)],
        ResourceId = resourceId,
        Detail = detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web),
        TraceId = Activity.Current?.TraceId.ToHexString(),
    });
}
