using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>
/// The rejected records again, in the file's own format and with what was wrong beside each: mend them there and send the file back as it is.
/// </summary>
internal static class GetImportErrorFile
{
    public sealed class Request
    {
        /// <summary>True leaves out the apostrophe that keeps spreadsheets from running a cell as a formula.</summary>
        public bool? Raw { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        // Without a rule of its own: true, false or nothing is all there is.
    }

    public static void Map(RouteGroupBuilder imports) =>
        imports.MapGet("/{id:guid}/error-file", Handle)
            .UseCase(nameof(GetImportErrorFile), "Download the rejected rows")
            .RequireScope(Scopes.ImportsRead)
            .Validate<Request>()
            .Produces<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")
            .Refuses(ImportErrors.NotEnded, ImportErrors.Unreadable)
            .Example(response: "district_nces_id,participant_key,item_code,level,error_line,error_column,error_code,error_detail\n9900030,p-017,VIS.1,purple,17,level,import.unknown_level,\"VIS.1 takes green, yellow, red, dont-know.\"\n");

    private static async Task<Results<PushStreamHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, NpgsqlDataSource source, ImportSender sender, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        if (await ImportResponse.Reachable(db, caller).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import)
            return Problems.NotFound("import");
        if (await sender.RefuseReaderAsync(import.Kind, import.OrganizationId, ct) is { } refused)
            return refused;
        if (import.Status is ImportStatus.Queued or ImportStatus.Running)
            return ImportErrors.NotEnded.ToConflict();

        if (!await IsReadableAsync(import, source, caller, ct))
            return ImportErrors.Unreadable.ToConflict();

        // The file holds what participants said: reading it leaves a trace.
        audit.Record("import.errorsRead", id, import.OrganizationId);
        await db.SaveChangesAsync(ct);
        var (type, extension) = import.Format is ImportFormat.Csv ? ("text/csv", "csv") : ("application/x-ndjson", "ndjson");
        return TypedResults.Stream(output => WriteAsync(output, import, request.Raw is true, db, source, caller, ct), $"{type}; charset=utf-8", $"errors-{id}.{extension}");
    }

    private static async Task<bool> IsReadableAsync(Import import, NpgsqlDataSource source, Caller caller, CancellationToken ct)
    {
        try
        {
            await using var reader = await ImportReader.OpenAsync(new PayloadReader(source, caller, import.Id), ReaderOptions.Of(import, ImportJson.Read(import.Options)), ct);
            return true;
        }
        catch (ImportFileException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(Stream output, Import import, bool raw, PLServiceDbContext db, NpgsqlDataSource source, Caller caller, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var issues = IssueStore.ReadErrorsAsync((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, import.Id, ct);
        var options = ReaderOptions.Of(import, ImportJson.Read(import.Options));
        try
        {
            await ErrorFileWriter.WriteAsync(new PayloadReader(source, caller, import.Id), options, issues, output, raw, ct);
        }
        catch (ImportFileException)
        {
            // Here stands what kept the file from being read any further; the rejected rows before it are given back.
        }
    }
}
