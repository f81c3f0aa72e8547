using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Auditing;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Audit;

/// <summary>
/// Who did what to which resource, and when: the newest first, narrowed by any of the filters together. A token for a subtree sees the
/// events that concern organizations in it. Events are never changed or removed.
/// </summary>
internal static class ListAuditEvents
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only about this type of resource: <c>organization</c>, <c>apiClient</c>, ...</summary>
        public string? ResourceType { get; init; }

        /// <summary>Only about this resource.</summary>
        public Guid? ResourceId { get; init; }

        /// <summary>Only events that concern exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only what this person did.</summary>
        public Guid? PersonId { get; init; }

        /// <summary>Only this action, for example <c>organization.moved</c>.</summary>
        public string? Action { get; init; }

        /// <summary>Only at this time or later.</summary>
        public DateTimeOffset? From { get; init; }

        /// <summary>Only before this time.</summary>
        public DateTimeOffset? To { get; init; }
    }

    /// <param name="Id">The event.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="Action">Type of resource and what was done: <c>organization.moved</c>.</param>
    /// <param name="ResourceType">The type of resource.</param>
    /// <param name="ResourceId">The resource.</param>
    /// <param name="OrganizationId">The organization that it concerns; null when it concerns the tenant.</param>
    /// <param name="ApiClientId">The API client that did it; null for people and for the service's own work.</param>
    /// <param name="PersonId">The person who did it.</param>
    /// <param name="Detail">What was given; never what participants wrote.</param>
    /// <param name="TraceId">The trace of the request.</param>
    public sealed record Item(
        Guid Id, DateTimeOffset At, string Action, string ResourceType, Guid ResourceId, Guid? OrganizationId, Guid? ApiClientId, Guid? PersonId, JsonElement? Detail, string? TraceId)
    {
        public static Item Of(AuditEvent e) => new(
            e.Id, e.At, e.Action, e.ResourceType, e.ResourceId, e.OrganizationId, e.ApiClientId, e.PersonId,
            e.Detail is null ? null : JsonElement.Parse(e.Detail), e.TraceId);

        public static readonly Item Sample = new(
            Guid.Parse("01a2b3c4-0000-7000-8000-000000000060"), DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture), "organization.closed",
            "organization", Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
            Guid.Parse("01a2b3c4-0000-7000-8000-000000000050"), null, JsonElement.Parse("""{"closedOn":"2027-06-30","successorId":null}"""), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
            RuleFor(request => request.ResourceType).MaximumLength(80);
            RuleFor(request => request.Action).MaximumLength(120);
            RuleFor(request => request.To).GreaterThan(request => request.From).When(request => request.From is not null);
        }
    }

    public static void Map(RouteGroupBuilder audit) =>
        audit.MapQuery("/", Handle)
            .UseCase(nameof(ListAuditEvents), "List audit events")
            .RequireScope(Scopes.AuditRead)
            .Validate<Request>()
            .Example(response: new Page<Item>([Item.Sample], null, null));

    private static async Task<Ok<Page<Item>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = Filtered(db.ReachableAuditEvents().AsNoTracking(), request);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        // Ids are UUIDv7: their order is the order of time, and the index has it.
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(e => e.Id < last);
        var page = await found.OrderByDescending(e => e.Id).Take(request.Take + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page.ConvertAll(Item.Of), request.Take, e => [e.Id.ToString()], count));
    }

    private static IQueryable<AuditEvent> Filtered(IQueryable<AuditEvent> found, Request request)
    {
        if (request.ResourceType is { } type)
            found = found.Where(e => e.ResourceType == type);
        if (request.ResourceId is { } resource)
            found = found.Where(e => e.ResourceId == resource);
        if (request.OrganizationId is { } organization)
            found = found.Where(e => e.OrganizationId == organization);
        if (request.PersonId is { } person)
            found = found.Where(e => e.PersonId == person);
        if (request.Action is { } action)
            found = found.Where(e => e.Action == action);
        if (request.From?.ToUniversalTime() is { } from)
            found = found.Where(e => e.At >= from);
        if (request.To?.ToUniversalTime() is { } to)
            found = found.Where(e => e.At < to);
        return found;
    }
}
