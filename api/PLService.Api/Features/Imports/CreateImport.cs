using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports;

/// <summary>
/// Takes a file of any length as the request's body: CSV (comma, semicolon or tab) or NDJSON, gzip or not. It answers 202 once the file is stored
/// durably; from then on the import completes by itself whatever happens to the service. <c>Prefer: wait=10</c> waits up to that many seconds
/// for its end and then answers 200. What the file leaves out (instrument, round, organization) the query can say once for all rows.
/// </summary>
internal static class CreateImport
{
    /// <summary>The longest upload, as it comes over the wire.</summary>
    public const long MaxBytes = 1L << 30;

    private const int MaxWaitSeconds = 60;

    public sealed class Request
    {
        /// <summary>What the records say: <c>readinessRatings</c> (a row per rating), <c>readinessWide</c> (a row per participant), <c>tallies</c>, <c>organizations</c>.</summary>
        public required ImportKind Kind { get; init; }

        /// <summary>Code of the instrument, for rows that do not name one.</summary>
        public string? Instrument { get; init; }

        /// <summary>Its version; the latest published one unless given.</summary>
        public string? InstrumentVersion { get; init; }

        /// <summary>Label of the round, for rows that do not name one.</summary>
        public string? Round { get; init; }

        /// <summary>The organization, for rows that do not name one.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>System of outside ids for columns that do not tell theirs, such as <c>nces</c>.</summary>
        public string? OrganizationIdSystem { get; init; }

        /// <summary>Outside id of the organization in that system, for rows that do not name one.</summary>
        public string? OrganizationIdValue { get; init; }

        /// <summary>The assessment, for rows that do not name one.</summary>
        public Guid? AssessmentId { get; init; }

        /// <summary>External id of the assessment, for rows that do not name one.</summary>
        public string? AssessmentExternalId { get; init; }

        /// <summary>First day of the window of assessments that are created.</summary>
        public DateOnly? WindowOpens { get; init; }

        /// <summary>Last day of that window.</summary>
        public DateOnly? WindowCloses { get; init; }

        /// <summary>Mode of assessments that are created; <c>confidential</c> unless given.</summary>
        public AssessmentMode? Mode { get; init; }

        /// <summary>True creates the assessments that do not exist, where organization, instrument and round are known.</summary>
        public bool? CreateAssessments { get; init; }

        /// <summary>True closes every assessment of the file after its rows are in.</summary>
        public bool? CloseAssessments { get; init; }

        /// <summary><c>abort</c> (unless given) takes nothing of a file with errors, <c>skip</c> takes the rows without.</summary>
        public OnError? OnError { get; init; }

        /// <summary>True does everything but store.</summary>
        public bool? DryRun { get; init; }

        /// <summary>True takes unusual values (<c>import.atypical_*</c>) as right.</summary>
        public bool? AcceptWarnings { get; init; }

        /// <summary>True makes a participant of every row of a wide file that has no key.</summary>
        public bool? GenerateParticipantKeys { get; init; }

        /// <summary>IANA zone of times that name none; UTC unless given.</summary>
        public string? TimeZone { get; init; }

        /// <summary>Names of columns to pass over, separated by commas.</summary>
        public string? IgnoreColumns { get; init; }

        /// <summary>Name of the file, for the list of imports.</summary>
        public string? FileName { get; init; }

        internal ImportOptions ToOptions() => new()
        {
            Instrument = Instrument,
            InstrumentVersion = InstrumentVersion,
            Round = Round,
            OrganizationId = OrganizationId,
            OrganizationIdSystem = OrganizationIdSystem?.ToLowerInvariant(),
            OrganizationIdValue = OrganizationIdValue,
            AssessmentId = AssessmentId,
            AssessmentExternalId = AssessmentExternalId,
            WindowOpens = WindowOpens,
            WindowCloses = WindowCloses,
            Mode = Mode ?? AssessmentMode.Confidential,
            CreateAssessments = CreateAssessments ?? false,
            CloseAssessments = CloseAssessments ?? false,
            OnError = OnError ?? Domain.Imports.OnError.Abort,
            DryRun = DryRun ?? false,
            AcceptWarnings = AcceptWarnings ?? false,
            GenerateParticipantKeys = GenerateParticipantKeys ?? false,
            TimeZone = TimeZone ?? "UTC",
            IgnoreColumns = IgnoreColumns?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Round).Length(1, Assessment.RoundMaxLength);
            RuleFor(request => request.AssessmentExternalId).Length(1, Assessment.ExternalIdMaxLength);
            RuleFor(request => request.FileName).MaximumLength(Import.FileNameMaxLength);
            RuleFor(request => request.TimeZone).Must(zone => zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                .WithErrorCode("organization.unknown_time_zone").WithMessage("'{PropertyValue}' is not an IANA time zone such as America/Los_Angeles.");
            RuleFor(request => request.OrganizationIdSystem).NotEmpty().When(request => request.OrganizationIdValue is not null)
                .WithMessage("An outside id needs its system, such as nces.");
            RuleFor(request => request.WindowCloses).GreaterThanOrEqualTo(request => request.WindowOpens!.Value).When(request => request is { WindowOpens: not null, WindowCloses: not null });
        }
    }

    public static void Map(RouteGroupBuilder imports) =>
        imports.MapPost("/", Handle)
            .UseCase(nameof(CreateImport), "Import a file")
            .RequireScope(Scopes.ImportsWrite)
            .Validate<Request>()
            .Accepts<Stream>("text/csv", "application/x-ndjson", "text/tab-separated-values")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .Transaction(TransactionKind.OwnAlways)
            .Example("district_nces_id,assessment_external_id,participant_key,item_code,level\n9900030,fall-2026-cedar,p-017,VIS.1,green\n", ImportResponse.Sample);

    private static async Task<Results<Ok<ImportResponse>, Accepted<ImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpContext context, UploadGate gate, ImportUpload upload, PLServiceDbContext db, JobQueue queue, CancellationToken ct)
    {
        if (context.Request.ContentLength > MaxBytes)
            return Problems.Result(413, "request.too_large", $"An upload may have {MaxBytes >> 20} MiB; compress it with gzip or split it.");
        using var place = gate.TryEnter();
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Result(503, "import.busy", "As many files as the service takes at once are being uploaded; retry after the time in Retry-After.");
        }

        var (import, clash) = await upload.StoreAsync(request.Kind, request.ToOptions(), request.FileName, context.Request, ct);
        if (clash is not null)
            return Problems.Result(422, clash.Code, clash.Message);

        queue.Wake();
        var address = $"/v1/imports/{import!.Value}";
        var ended = await WaitAsync(db, import.Value, WaitSeconds(context.Request), ct);
        var answer = ImportResponse.Of(await db.Imports.AsNoTracking().Where(i => i.Id == import.Value).Select(ImportResponse.From(db)).SingleAsync(ct));
        context.Response.Headers.Location = address;
        return ended ? TypedResults.Ok(answer) : TypedResults.Accepted(address, answer);
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
