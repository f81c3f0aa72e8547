using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Your passkeys, the newest first: 20 at most, so that there are no pages.</summary>
internal static class ListMyPasskeys
{
    /// <param name="Items">Your passkeys.</param>
    public sealed record Response(IReadOnlyList<PasskeyResponse> Items);

    public static void Map(RouteGroupBuilder me) =>
        me.MapGet("/passkeys", Handle)
            .UseCase(nameof(ListMyPasskeys), "List your passkeys")
            .RequirePerson()
            .Example(response: new Response([PasskeyResponse.Sample]));

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, Caller caller, CancellationToken ct) => TypedResults.Ok(new Response(
        await db.Passkeys.Where(key => key.PersonId == caller.PersonId).OrderByDescending(key => key.Id)
            .Select(key => new PasskeyResponse(key.Id, key.Name, key.IsBackedUp, key.CreatedAt, key.LastUsedAt)).ToListAsync(ct)));
}
