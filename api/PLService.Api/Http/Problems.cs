using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Http;

/// <summary>Makes every failure of the service, so that all have one shape.</summary>
internal static class Problems
{
    /// <summary>The media type of every failure.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The resource does not exist, or not for this caller; the two cannot be told apart.</summary>
    public static JsonHttpResult<ApiProblem> NotFound(string resource) =>
        Result(404, $"{resource}.not_found", $"There is no such {resource.Replace('_', ' ')}, or you cannot reach it.");

    /// <summary>The domain refused: 409 with the domain's own code.</summary>
    public static JsonHttpResult<ApiProblem> ToConflict(this DomainError error) => Result(409, error.Code, error.Message);

    /// <summary>The domain refused, and these are the places: 409 with the domain's own code.</summary>
    public static JsonHttpResult<ApiProblem> ToConflict(this DomainError error, IReadOnlyList<ApiFault> errors) =>
        Result(409, error.Code, error.Message, errors: errors);

    /// <summary>Nobody is signed in: 401 with the reason as far as it may be told.</summary>
    public static JsonHttpResult<ApiProblem> ToUnauthorized(this DomainError error, HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"plservice\"";
        return Result(401, error.Code, error.Message);
    }

    /// <summary>Bad input in one place: 400 with the fault that the domain found.</summary>
    public static JsonHttpResult<ApiProblem> ToFault(this DomainError error, string pointer) => Invalid(pointer, error.Code, error.Message);

    /// <summary>Bad input: 400 with each fault.</summary>
    public static JsonHttpResult<ApiProblem> Invalid(IReadOnlyList<ApiFault> errors) =>
        Result(400, "request.invalid", "The request has faults; see errors.", errors: errors);

    /// <summary>Faults that the domain found in a body, as the contract shows them.</summary>
    public static IReadOnlyList<ApiFault> Listed(IReadOnlyList<Fault> faults) => [.. faults.Select(fault => new ApiFault(fault.Pointer, fault.Code, fault.Detail))];

    /// <summary>Bad input in one place: 400.</summary>
    public static JsonHttpResult<ApiProblem> Invalid(string pointer, string code, string detail) => Invalid([new(pointer, code, detail)]);

    /// <summary>Somebody changed the same fields in the meantime: 412 with what each of the two wrote.</summary>
    public static JsonHttpResult<ApiProblem> Clash(string code, string detail, long currentVersion, IReadOnlyList<ApiClash> clashes) =>
        TypedResults.Json(Create(412, code, detail, currentVersion, null, null) with { Clashes = clashes }, Json, ContentType, 412);

    /// <summary>Any failure.</summary>
    public static JsonHttpResult<ApiProblem> Result(
        int status, string code, string detail, long? currentVersion = null, string? currentLevel = null, IReadOnlyList<ApiFault>? errors = null) =>
        TypedResults.Json(Create(status, code, detail, currentVersion, currentLevel, errors), Json, ContentType, status);

    /// <summary>Writes a failure from the pipeline, whatever the Accept header says.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string detail, IReadOnlyList<ApiFault>? errors = null)
    {
        if (CaseStatus.IsFor(context.Request))
            return CaseStatus.WriteAsync(context, status, detail);
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Create(status, code, detail, null, null, errors), Json, ContentType, CancellationToken.None);
    }

    private static ApiProblem Create(
        int status, string code, string detail, long? currentVersion, string? currentLevel, IReadOnlyList<ApiFault>? errors) =>
        new(
            $"urn:plservice:problem:{code}",
            TitleOf(status),
            status,
            code,
            detail,
            Activity.Current?.TraceId.ToHexString() ?? "",
            currentVersion,
            currentLevel,
            errors);

    public static string TitleOf(int status) => status switch
    {
        400 => "The request is not valid",
        401 => "Authentication is needed",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "Not acceptable",
        409 => "Refused in the present state",
        412 => "Changed in the meantime",
        413 => "Too large",
        415 => "Media type not supported",
        422 => "Cannot be processed",
        428 => "If-Match is needed",
        429 => "Too many requests",
        431 => "Headers too large",
        503 => "Not available at the moment",
        507 => "Storage is full",
        >= 500 => "Unexpected failure",
        _ => "Refused",
    };
}
