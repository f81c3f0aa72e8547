using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>What was wrong with a file, one by one and in its order: errors, which keep a record out, and warnings. The receipt has them grouped.</summary>
internal static class ListImportIssues
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>;

    /// <param name="Number">Its place in the list, from 1.</param>
    /// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
    /// <param name="Code">What is wrong; stable.</param>
    /// <param name="Detail">What is wrong and what helps.</param>
    /// <param name="Line">The line of the file on which the record starts, from 1; 0 when the file as a whole is meant.</param>
    /// <param name="Record">The record, from 1, the header not counted; 0 when the file as a whole is meant.</param>
    /// <param name="Column">The column, as the file names it.</param>
    /// <param name="Value">What stands there, cut to 100 characters.</param>
    public sealed record Response(int Number, string Severity, string Code, string Detail, long Line, long Record, string? Column, string? Value);

    public static void Map(RouteGroupBuilder imports) =>
        imports.MapQuery("/{id:guid}/issues", Handle)
            .UseCase(nameof(ListImportIssues), "List what was wrong with a file")
            .RequireScope(Scopes.ImportsRead)
            .Validate<Request>()
            .Example(response: new Page<Response>(
                [new(1, "error", "import.unknown_level", "VIS.1 takes green, yellow, red, dont-know.", 17, 16, "level", "purple")], null, null));

    private static async Task<Results<Ok<Page<Response>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, TenantReader reader, ImportSender sender, Caller caller, CancellationToken ct)
    {
        if (await ImportResponse.Reachable(db, caller).Where(i => i.Id == id).Select(i => new { i.Kind, i.OrganizationId }).SingleOrDefaultAsync(ct) is not { } import)
            return Problems.NotFound("import");
        if (await sender.RefuseReaderAsync(import.Kind, import.OrganizationId, ct) is { } refused)
            return refused;

        var after = Cursor.TryDecode(request.Cursor, out var keys) && int.TryParse(keys[0], out var number) ? number : 0;
        var (items, count) = await reader.ExecuteAsync(
            new NpgsqlBatchCommand(
                """
                select number, severity, code, detail, line, record, column_name, value,
                       case when $5 then (select count(*) from pls.import_issue where tenant_id = $1 and import_id = $2) end
                from pls.import_issue where tenant_id = $1 and import_id = $2 and number > $3 order by number limit $4
                """)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId }, new() { Value = id }, new() { Value = after }, new() { Value = request.Take + 1 }, new() { Value = request.Count is true },
                },
            },
            ReadAsync,
            ct);
        return TypedResults.Ok(Page.Of(items, request.Take, i => [i.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)], request.Count is true ? count ?? 0 : null));
    }

    private static async Task<(List<Response> Items, long? Count)> ReadAsync(NpgsqlDataReader row, CancellationToken ct)
    {
        var items = new List<Response>();
        long? count = null;
        while (await row.ReadAsync(ct))
        {
            items.Add(new(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5),
                row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)));
            count = row.IsDBNull(8) ? null : row.GetInt64(8);
        }

        return (items, count);
    }
}
