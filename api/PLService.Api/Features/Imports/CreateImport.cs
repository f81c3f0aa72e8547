using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading.Rosters;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports;

/// <summary>
/// Takes a file of any length as the request's body: CSV (comma, semicolon or tab) or NDJSON, gzip or not. It answers 202 once the file is stored
/// durably; from then on the import completes by itself whatever happens to the service. <c>Prefer: wait=10</c> waits up to that many seconds
/// for its end and then answers 200. What the file leaves out (instrument, round, organization) the query can say once for all rows.
/// A file of organizations also needs <c>organizations:write</c>, one of people or memberships <c>people:write</c>. Each row of people is checked against
/// what you reach and may change; a person whom the file does not name stays as they are. A row of memberships names the person by outside id
/// (<c>person_hr_id</c>, or <c>person_id_system</c> and <c>person_id</c>) or <c>email</c>, the <c>role</c>, and where it holds
/// (<c>organization_nces_id</c>, or <c>organization_id_system</c> and <c>organization_id</c>; <c>*</c> is the whole tenant); <c>starts_on</c> and
/// <c>ends_on</c> bound it, empty ones leave what is stored and <c>none</c> takes a bound away. A role is ended by its last day, and you can give and end
/// those that you could give and end one by one.
/// A row of plans (<c>plans</c>, <c>plans:write</c>) names the plan by <c>organization_nces_id</c> (or <c>organization_id_system</c> and <c>organization_id</c>) and
/// <c>plan_external_id</c>; its <c>row_type</c> is <c>plan</c>, <c>strategy</c>, <c>step</c> or <c>obstacle</c>, else it is what its external ids say.
/// Plans and parts that are not there yet are made, others changed where a cell says something new; empty cells and absent rows leave what is stored, <c>none</c> takes a day or the
/// owner away. <c>tools_and_materials</c> and <c>serves</c> (<c>framework:code</c>) are lists separated by <c>|</c>, which <c>\|</c> writes out. <c>GET /v1/plans/export</c> gives such a file.
/// A roster (<c>oneRoster</c>, <c>application/zip</c>) is a zip of OneRoster 1.1 or 1.2 with <c>manifest.csv</c>, <c>orgs.csv</c>, <c>users.csv</c> and, in 1.2,
/// <c>roles.csv</c>; it needs <c>organizations:write</c> and <c>people:write</c>. It brings organizations and staff, known again by their <c>sourcedId</c> in the system
/// <c>oneroster</c> or, when the manifest has one, <c>source.systemCode</c>; an organization also by an <c>identifier</c> of 7 or 12 digits (NCES). Students, parents and
/// guardians are counted and passwords passed over: nothing of either is stored. <c>bulk</c> says all: staff of this source who are missing are deactivated, up to
/// <c>maxDeactivatedShare</c>, and missing organizations are told but stay. <c>delta</c> changes what it names, and deactivates who is <c>tobedeleted</c>.
/// </summary>
internal static class CreateImport
{
    /// <summary>The longest upload, as it comes over the wire.</summary>
    public const long MaxBytes = 1L << 30;

    private const int MaxWaitSeconds = 60;
    private const string ZipType = "application/zip";

    public static void Map(RouteGroupBuilder imports) =>
        imports.MapPost("/", Handle)
            .UseCase(nameof(CreateImport), "Import a file")
            .RequireScope(Scopes.ImportsWrite)
            .Validate<ImportRequest>()
            .Accepts<Stream>("text/csv", "application/x-ndjson", "text/tab-separated-values", ZipType)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .Transaction(TransactionKind.OwnAlways)
            .Example("district_nces_id,assessment_external_id,participant_key,item_code,level\n9900030,fall-2026-cedar,p-017,VIS.1,green\n", ImportResponse.Sample);

    private static async Task<Results<Ok<ImportResponse>, Accepted<ImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] ImportRequest request, HttpContext context, UploadGate gate, ImportUpload upload, ImportSender sender, PLServiceDbContext db, Caller caller, JobQueue queue, TimeProvider clock, CancellationToken ct)
    {
        if (context.Request.ContentLength > MaxBytes)
            return Problems.Result(413, "request.too_large", $"An upload may have {MaxBytes >> 20} MiB; compress it with gzip or split it.");
        if (context.Request.Headers[IdempotencyStore.Header].ToString().Length > IdempotencyStore.KeyMaxLength)
            return Problems.Result(400, "idempotency.bad_key", $"An Idempotency-Key has at most {IdempotencyStore.KeyMaxLength} characters.");
        using var place = gate.TryEnter();
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Result(503, "import.busy", "As many files as the service takes at once are being uploaded; retry after the time in Retry-After.");
        }

        if (caller.Roots is { Length: not 1 } && !await db.ReachableOrganizations().AnyAsync(o => o.Id == request.OrganizationId, ct))
            return Problems.Invalid("?organizationId", "value.required", "You reach several organizations that are not below each other: say which one the file is for.");

        var root = caller.Roots is { Length: not 1 } ? request.OrganizationId : caller.OnlyRoot;
        if (await sender.RefuseWriterAsync(request.Kind, root, ct) is { } missing)
            return missing;
        if (RefuseMediaType(request.Kind, context.Request) is { } other)
            return other;
        await using var roster = request.Kind is ImportKind.OneRoster
            ? await RosterUpload.ReceiveAsync(context.Request.Body, db, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct) : null;
        if (request.Kind is ImportKind.OneRoster && roster is null)
            return Problems.Result(413, "request.too_large", $"A roster may have {RosterLimits.ZipBytes >> 20} MiB.");

        var givesRoles = request.Kind is ImportKind.Memberships or ImportKind.OneRoster;
        var options = request.ToOptions() with { SenderScopes = givesRoles && caller.ApiClientId is not null ? string.Join(' ', caller.Scopes) : null, Roster = roster?.Findings };
        var (import, clash) = await upload.StoreAsync(request.Kind, options, request.FileName, root, context.Request, roster, ct);
        if (clash is not null)
            return Problems.Result(422, clash.Code, clash.Message);

        queue.Wake();
        var address = $"/v1/imports/{import!.Value}";
        var ended = await WaitAsync(db, import.Value, WaitSeconds(context.Request), ct);
        var answer = ImportResponse.Of(await db.Imports.AsNoTracking().Where(i => i.Id == import.Value).Select(ImportResponse.From(db)).SingleAsync(ct));
        context.Response.Headers.Location = address;
        return ended ? TypedResults.Ok(answer) : TypedResults.Accepted(address, answer);
    }

    private static JsonHttpResult<ApiProblem>? RefuseMediaType(ImportKind kind, HttpRequest request)
    {
        var isZip = request.ContentType?.StartsWith(ZipType, StringComparison.OrdinalIgnoreCase) is true;
        return isZip != kind is ImportKind.OneRoster
            ? Problems.Result(415, "request.unsupported_media_type", isZip ? "Of the kinds of file only oneRoster comes as a zip." : $"A roster comes as a zip: {ZipType}.")
            : isZip && request.Headers.ContentEncoding.Count > 0
                ? Problems.Result(415, "request.unsupported_media_type", "A zip is compressed already: send it without Content-Encoding.") : null;
    }

    // RFC 7240: Prefer: wait=10
    private static int WaitSeconds(HttpRequest request) => request.Headers["Prefer"].ToString().Split([',', ';'], StringSplitOptions.TrimEntries)
        .Select(preference => preference.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(pair => pair is ["wait", _] && int.TryParse(pair[1], out _))
        .Select(pair => Math.Clamp(int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture), 0, MaxWaitSeconds))
        .FirstOrDefault();

    private static async Task<bool> WaitAsync(PLServiceDbContext db, Guid import, int seconds, CancellationToken ct)
    {
        for (var until = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < until; await Task.Delay(20, ct))
        {
            var status = await db.Imports.Where(i => i.Id == import).Select(i => i.Status).SingleAsync(ct);
            if (status is not (ImportStatus.Queued or ImportStatus.Running))
                return true;
        }

        return false;
    }
}
