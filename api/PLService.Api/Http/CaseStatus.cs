using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Http;

/// <summary>Failures below the address of the CASE provider, in the form that its specification gives them (imsx_StatusInfo).</summary>
internal static class CaseStatus
{
    /// <summary>A field, a filter or a page that cannot be had.</summary>
    public const string InvalidSelection = "invalid_selection_field";

    /// <summary>An identifier that is no UUID.</summary>
    public const string InvalidUuid = "invalid_uuid";

    /// <summary>Whether a request is for the provider.</summary>
    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments(CaseAddresses.BasePath, StringComparison.OrdinalIgnoreCase);

    /// <summary>A failure as the answer of an endpoint.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="description">For people.</param>
    /// <param name="minor">The code of CASE, where the status does not say it.</param>
    public static IResult Result(int status, string description, string? minor = null) => TypedResults.Json(Of(status, description, minor), statusCode: status);

    /// <summary>Writes a failure from the pipeline.</summary>
    public static Task WriteAsync(HttpContext context, int status, string description)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Of(status, description), CancellationToken.None);
    }

    private static JsonObject Of(int status, string description, string? minor = null) => new()
    {
        ["imsx_codeMajor"] = "failure",
        ["imsx_severity"] = "error",
        ["imsx_description"] = description,
        ["imsx_CodeMinor"] = new JsonObject
        {
            ["imsx_codeMinorField"] = new JsonArray(new JsonObject
            {
                ["imsx_codeMinorFieldName"] = "TargetEndSystem",
                ["imsx_codeMinorFieldValue"] = minor ?? status switch
                {
                    400 => InvalidSelection,
                    401 => "unauthorised_request",
                    403 or 405 => "forbidden",
                    404 => "unknownobject",
                    429 or 503 => "server_busy",
                    _ => "internal_server_error",
                },
            }),
        },
    };
}
