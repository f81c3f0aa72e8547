using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>
/// Ends the session of the refresh token, with its access tokens, and takes the cookie back. It needs no access token, which may have expired. The
/// answer is the same when there is no session to end. Send a JSON body: <c>{}</c> from a browser.
/// </summary>
internal static class SignOut
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/sign-out", Handle)
            .WithTags("Sign-in")
            .UseCase(nameof(SignOut), "Sign out")
            .WithSecretOnly()
            .OurPagesOnly()
            .Validate<RefreshRequest>()
            .Example(new RefreshRequest());

    private static async Task<NoContent> Handle(
        RefreshRequest request, HttpContext context, SignInDesk desk, PersonSessions sessions, RefreshCookie cookie, Caller caller, PLServiceDbContext db, CancellationToken ct)
    {
        cookie.Clear(context.Response);
        if (request.Read(context.Request, cookie) is not { } token || !desk.Enter(token.TenantId))
            return TypedResults.NoContent();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await sessions.SignOutAsync(token, ct) is { } session)
        {
            caller.Become(CallerIdentity.Person(db.TenantId, session.PersonId, session.Id));
            await desk.RecordAsync("session.revoked", session, new { reason = session.RevokedReason }, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
