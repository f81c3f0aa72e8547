using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>When a chart is printed, and as of when it is.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Today">The day, where the plan is.</param>
/// <param name="KeptOn">The day of the check-in that kept it; null for the chart as of now.</param>
internal sealed record ChartPrinting(DateTimeOffset Now, DateOnly Today, DateOnly? KeptOn);

/// <summary>Answers with a chart in the form that is wanted.</summary>
internal static class ChartAnswer
{
    public const string Json = "application/json";

    public static readonly string[] Others = [Csv.MediaType, PdfPainter.MediaType];

    public static Results<Ok<PlanChart>, FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>> Of(
        HttpContext context, PlanChart chart, PrintRequest wanted, ChartPrinting printing)
    {
        var form = Wanted.Best(context.Request, [Json, .. Others]);
        var (paper, language) = (wanted.Paper ?? PaperSize.Letter, form == PdfPainter.MediaType ? Wanted.Language(context.Request, ChartWords.Tags) : null);
        // The day is printed at the foot of each page.
        var shown = language is null ? form : $"{form} {paper} {language} {printing.Today:O}";
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{shown}\n{PlanJson.Write(chart)}")).AsSpan(0, 16));
        if (EntityTags.AnswersUnchanged(context, tag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return form switch
        {
            Csv.MediaType => ChartTable.Of(chart, tag),
            PdfPainter.MediaType when ChartReport.Of(chart, ChartWords.In(language!), paper, printing) is var report => report.IsTooLong
                ? ChartErrors.TooLongToPrint.ToConflict()
                : TypedResults.File(PdfPainter.Write(report, printing.Now), PdfPainter.MediaType, "plan-chart.pdf"),
            _ => TypedResults.Ok(chart),
        };
    }
}
