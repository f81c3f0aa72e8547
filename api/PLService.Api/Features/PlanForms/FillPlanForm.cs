using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.PlanForms;

/// <summary>
/// A plan mapped to a form, with what the form asks for and the plan has not. With Accept <c>text/csv</c> a table with a row per field, in the order of the form; what
/// is required and missing stands there as such. With Accept <c>application/pdf</c> pages to print, in English or Spanish by Accept-Language.
/// </summary>
internal static class FillPlanForm
{
    /// <param name="Form">Code of the form.</param>
    /// <param name="Title">What the form is called, by language.</param>
    /// <param name="PlanId">The plan.</param>
    /// <param name="PlanVersion">The plan's version that it was filled from.</param>
    /// <param name="FormVersion">The form's version.</param>
    /// <param name="IsComplete">Whether nothing is missing.</param>
    /// <param name="Missing">What the form asks for and the plan has not, each with its place.</param>
    /// <param name="Sections">The form's sections with what the plan says.</param>
    internal sealed record Response(
        string Form, Text Title, Guid PlanId, long PlanVersion, long FormVersion, bool IsComplete, IReadOnlyList<FormGap> Missing, IReadOnlyList<FilledSection> Sections) : IEntityTagged
    {
        internal static readonly Response Sample = MakeSample();

        string IEntityTagged.EntityTag => Tag;

        internal string Tag => $"{PlanVersion}-{FormVersion}-{PlanId:N}";

        private static Response MakeSample()
        {
            var plan = new PlanDocument
            {
                Plan = new() { Title = "Professional learning plan 2026-27", StartsOn = new(2026, 9, 1), EndsOn = new(2027, 8, 31), Vision = "Every educator belongs to a team that meets each week." },
                Parts = [new("01a2b3c4-0000-7000-8000-000000000401", PlanPartKind.Strategy, new() { ["title"] = "Teams that meet each week" })],
            };
            var filled = PlanFormFilling.Fill(PlanFormResponse.SampleDocument, plan, "Cedar Valley School District", new Dictionary<Guid, string>());
            return new("state-plan", PlanFormResponse.SampleDocument.Title, Guid.Parse("01a2b3c4-0000-7000-8000-000000000400"), 7, 1, false, filled.Missing, filled.Sections);
        }
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/forms/{code}", Handle)
            .UseCase(nameof(FillPlanForm), "Map a plan to a form")
            .RequireScope(Scopes.PlansRead)
            .Validate<PrintRequest>()
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType, PdfPainter.MediaType)
            .Refuses(PlanErrors.FormTooLongToPrint)
            .ComputedExample(() => Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string code, [AsParameters] PrintRequest wanted, HttpContext context, FormDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var (form, refused) = await desk.FillAsync(id, code, ct);
        if (form is null)
            return refused!;
        return Wanted.Best(context.Request, "application/json", Csv.MediaType, PdfPainter.MediaType) switch
        {
            Csv.MediaType => FormCsv.Of(form.Filled),
            PdfPainter.MediaType => Print(context, form, wanted.Paper ?? PaperSize.Letter, clock.GetUtcNow()),
            _ => TypedResults.Ok(form.Filled),
        };
    }

    private static Results<Ok<Response>, FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>> Print(
        HttpContext context, FilledPlanForm form, PaperSize paper, DateTimeOffset now)
    {
        var (language, today) = (Wanted.Language(context.Request, ChartWords.Tags), LocalDay.In(form.TimeZone, now));
        // The day is printed at the foot of each page.
        if (EntityTags.AnswersUnchanged(context, $"{form.Filled.Tag}-pdf-{paper}-{language}-{today:O}"))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var pages = FormPages.Of(form, language, paper, today);
        return pages.IsTooLong ? PlanErrors.FormTooLongToPrint.ToConflict() : TypedResults.File(PdfPainter.Write(pages, now), PdfPainter.MediaType, $"plan-{form.Filled.Form}.pdf");
    }
}
