using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Gives a new access token for the session, and the next refresh token. Each refresh token is good once; two tabs that send the same one within
/// 10 seconds get the same next one. One that comes back later was copied, so that the session ends for both who have it. Send a JSON body: <c>{}</c>
/// from a browser.
/// </summary>
internal static class RefreshSession
{
    public static void Map(RouteGroupBuilder signIn) =>
        signIn.MapPost("/refresh", Handle)
            .UseCase(nameof(RefreshSession), "Go on with a session")
            .WithSecretOnly()
            .OurPagesOnly()
            .Validate<RefreshRequest>()
            .RefusesSignIn(SignInRefusals.SessionEnded)
            .Refuses(AccountErrors.LocalAccountsOff)
            .Example(new RefreshRequest(), SessionTokens.Sample);

    private static async Task<Results<Ok<SessionTokens>, JsonHttpResult<ApiProblem>>> Handle(
        RefreshRequest request, HttpContext context, SignInDesk desk, PersonSessions sessions, RefreshCookie cookie, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        if (request.Read(context.Request, cookie) is not { } token || !desk.Enter(token.TenantId))
            return Ended(context, cookie);
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var refreshed = await sessions.RefreshAsync(token, ct);
        if (refreshed is null && db.Revoked() is { } revoked)
        {
            caller.Become(CallerIdentity.Person(db.TenantId, revoked.PersonId, revoked.Id));
            await desk.RecordAsync("session.revoked", revoked, new { reason = revoked.RevokedReason }, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return refreshed is { } going ? TypedResults.Ok(desk.Hand(going.Session, going.Token)) : Ended(context, cookie);
    }

    private static PersonSession? Revoked(this PLServiceDbContext db) =>
        db.ChangeTracker.Entries<PersonSession>().Where(entry => entry.State is Microsoft.EntityFrameworkCore.EntityState.Modified).Select(entry => entry.Entity).SingleOrDefault(s => s.RevokedAt is not null);

    private static JsonHttpResult<ApiProblem> Ended(HttpContext context, RefreshCookie cookie)
    {
        cookie.Clear(context.Response);
        return SignInRefusals.SessionEnded.ToUnauthorized(context);
    }
}
