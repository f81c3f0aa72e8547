using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Ends one of your sessions: its next request is refused. No If-Match, for in an emergency nobody should have to read first.</summary>
internal static class RevokeMySession
{
    public static void Map(RouteGroupBuilder me) =>
        me.MapDelete("/sessions/{id:guid}", Handle)
            .UseCase(nameof(RevokeMySession), "End one of your sessions")
            .RequirePerson();

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, Caller caller, SignInDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.PersonSessions.SingleOrDefaultAsync(s => s.Id == id && s.PersonId == caller.PersonId && s.RevokedAt == null && s.ExpiresAt > now, ct) is not { } session)
            return Problems.NotFound("session");

        session.Revoke(id == caller.SessionId ? RevocationReason.SignedOut : RevocationReason.Revoked, now);
        await desk.RecordAsync("session.revoked", session, new { reason = session.RevokedReason }, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
