using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.PlanForms;

/// <summary>
/// A plan mapped to a form, with what the form asks for and the plan has not. With Accept <c>text/csv</c> a table with a row per field, in the order of the form; what
/// is required and missing stands there as such.
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
            .Produces<Response>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string code, HttpRequest http, FormDesk desk, CancellationToken ct)
    {
        var (filled, refused) = await desk.FillAsync(id, code, ct);
        if (filled is null)
            return refused!;
        return Csv.IsWanted(http) ? FormCsv.Of(filled) : TypedResults.Ok(filled);
    }
}
