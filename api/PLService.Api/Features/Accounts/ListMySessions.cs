using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Where you are signed in to the service itself, the latest use first: 50 places at most, so that there are no pages. A sign-in through an identity
/// provider is the provider's to show and to end.
/// </summary>
internal static class ListMySessions
{
    /// <param name="Items">Where you are signed in.</param>
    public sealed record Response(IReadOnlyList<SessionResponse> Items);

    public static void Map(RouteGroupBuilder me) =>
        me.MapGet("/sessions", Handle)
            .UseCase(nameof(ListMySessions), "List where you are signed in")
            .RequirePerson()
            .Example(response: new Response([SessionResponse.Sample]));

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sessions = await db.PersonSessions.Where(s => s.PersonId == caller.PersonId && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastUsedAt).ThenByDescending(s => s.Id)
            .Select(s => new SessionResponse(s.Id, s.Device, s.Client, s.Id == caller.SessionId, s.CreatedAt, s.LastUsedAt, s.ExpiresAt))
            .ToListAsync(ct);
        return TypedResults.Ok(new Response(sessions));
    }
}
