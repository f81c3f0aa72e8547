using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Operations;

/// <summary>Says whether requests can be served now, asking the database over a connection of its own with a limit of one second.</summary>
internal static class GetReadiness
{
    /// <param name="Status">Always <c>ready</c>; otherwise the answer is 503.</param>
    public sealed record Response(string Status);

    public static void Map(RouteGroupBuilder operations) =>
        operations.MapGet("/readyz", Handle).UseCase(nameof(GetReadiness), "Can it serve?").Example(response: new Response("ready"));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(IConfiguration configuration, HttpContext context, CancellationToken ct)
    {
        // Not from the pool: a full pool must not make the probe wait, and an old connection must not make it lie.
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("PLService")) { Pooling = false, Timeout = 1, CommandTimeout = 1 };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(limit.Token);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(limit.Token);
            return TypedResults.Ok(new Response("ready"));
        }
        catch (Exception e) when (DatabaseFaults.IsAway(e) || e is OperationCanceledException or PostgresException)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Result(503, "server.database_unavailable", "The database does not answer within a second.");
        }
    }
}
