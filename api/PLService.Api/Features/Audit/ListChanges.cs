using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Audit;

/// <summary>
/// The change feed: every change of what the token reaches, in an order in which nothing can be missed. Begin without <c>after</c>, keep
/// <c>nextCursor</c>, and pass it as <c>after</c> the next time; it is always there, also when nothing is new. While <c>hasMore</c> is true,
/// go on at once; afterwards ask again in a while. A change appears once every transaction that began before it has ended, usually within
/// a second, and later while a long import runs: that is what makes the order safe. An item says that something changed; read the resource
/// for what it is now. Deletions are here too, with the outside ids of what is gone, and <c>organization.movedAway</c> says that an
/// organization left the one that the item names. Each item is delivered at least once: a repetition has the same <c>id</c>.
/// </summary>
internal static class ListChanges
{
    public sealed class Request
    {
        /// <summary>The <c>nextCursor</c> of the answer before; nothing to begin with the oldest change.</summary>
        public string? After { get; init; }

        /// <summary>Items per answer, 1 to 500; 50 unless given.</summary>
        public int? Limit { get; init; }
    }

    /// <param name="Items">The changes, the oldest first.</param>
    /// <param name="NextCursor">What to pass as <c>after</c> the next time.</param>
    /// <param name="HasMore">True when there is more to read at once.</param>
    public sealed record Response(IReadOnlyList<Item> Items, string NextCursor, bool HasMore);

    /// <param name="Id">The change.</param>
    /// <param name="Cursor">Pass it as <c>after</c> to go on behind this very item.</param>
    /// <param name="Action">Type of resource and what was done: <c>organization.moved</c>.</param>
    /// <param name="ResourceType">The type of resource.</param>
    /// <param name="ResourceId">The resource.</param>
    /// <param name="OrganizationId">The organization that it concerns; null when it concerns the tenant.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="Identifiers">With a deletion: the outside ids of what is gone.</param>
    public sealed record Item(
        Guid Id, string Cursor, string Action, string ResourceType, Guid ResourceId, Guid? OrganizationId, DateTimeOffset At, IReadOnlyList<Identifier> Identifiers);

    /// <param name="System">Who gave it.</param>
    /// <param name="Value">The id.</param>
    public sealed record Identifier(string System, string Value);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
            RuleFor(request => request.After).Must(after => after is null || ChangePosition.TryParse(after, out _))
                .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of the change feed; take nextCursor of the answer before.");
        }
    }

    public static void Map(RouteGroupBuilder changes) =>
        changes.MapGet("/", Handle)
            .UseCase(nameof(ListChanges), "Follow the changes")
            .RequireScope(Scopes.ChangesRead)
            .Validate<Request>()
            .Example(response: new Response(
                [
                    new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000060"), "WyI3NDEiLCIwMWEyYjNjNC0uLi4iXQ", "organization.deleted", "organization",
                        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000002"),
                        DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture), [new("nces", "9900030")]),
                ],
                "WyI3NDIiLCIwMDAwMDAwMC0uLi4iXQ",
                false));

    private static async Task<Ok<Response>> Handle([AsParameters] Request request, ChangeFeed feed, CancellationToken ct)
    {
        var after = ChangePosition.TryParse(request.After, out var parsed) ? parsed : ChangePosition.Start;
        var (found, reached, hasMore) = await feed.ReadAsync(after, request.Limit ?? PageRequest.DefaultLimit, ct);
        return TypedResults.Ok(new Response(found, reached.ToString(), hasMore));
    }
}
