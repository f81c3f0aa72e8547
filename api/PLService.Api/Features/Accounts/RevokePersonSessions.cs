using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Signs a person out everywhere: the next request of each session is refused. The person can sign in again.</summary>
internal static class RevokePersonSessions
{
    /// <param name="Ended">How many sessions were ended.</param>
    public sealed record Response(int Ended);

    public static void Map(RouteGroupBuilder person) =>
        person.MapPost("/sessions/revoke", Handle)
            .UseCase(nameof(RevokePersonSessions), "Sign a person out everywhere")
            .RequireScope(Scopes.PeopleWrite)
            .Example(response: new Response(2));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, AccountDesk accounts, PLServiceDbContext db, CancellationToken ct) =>
        await db.OwnPeople().AnyAsync(p => p.Id == id, ct)
            ? TypedResults.Ok(new Response(await accounts.EndSessionsAsync(id, RevocationReason.RevokedByAdmin, except: null, ct)))
            : Problems.NotFound("person");
}
