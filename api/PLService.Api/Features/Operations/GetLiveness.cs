using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Http;

namespace PLService.Api.Features.Operations;

/// <summary>Says that the process runs. It never touches the database: a process is not restarted because its database is away.</summary>
internal static class GetLiveness
{
    /// <param name="Status">Always <c>alive</c>.</param>
    public sealed record Response(string Status);

    public static void Map(RouteGroupBuilder operations) =>
        operations.MapGet("/livez", Handle).UseCase(nameof(GetLiveness), "Is the process alive?").Example(response: new Response("alive"));

    private static Ok<Response> Handle() => TypedResults.Ok(new Response("alive"));
}
