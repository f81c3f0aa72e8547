using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;

namespace PLService.Api.Features.Accounts;

/// <summary>Signs you out everywhere, here as well.</summary>
internal static class RevokeAllMySessions
{
    /// <param name="Ended">How many sessions were ended.</param>
    public sealed record Response(int Ended);

    public static void Map(RouteGroupBuilder me) =>
        me.MapPost("/sessions/revoke-all", Handle)
            .UseCase(nameof(RevokeAllMySessions), "Sign out everywhere")
            .RequirePerson()
            .Example(response: new Response(3));

    private static async Task<Ok<Response>> Handle(
        HttpContext context, Caller caller, AccountDesk desk, RefreshCookie cookie, CancellationToken ct)
    {
        var ended = await desk.EndSessionsAsync(caller.PersonId!.Value, RevocationReason.Everywhere, except: null, ct);
        cookie.Clear(context.Response);
        return TypedResults.Ok(new Response(ended));
    }
}
