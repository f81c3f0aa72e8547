using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.PlanForms;

/// <summary>A form that plans are held against.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Catalog">Whether it ships with the service; such are the same for every tenant and read-only.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
/// <param name="Document">Its sections and fields.</param>
internal sealed record PlanFormResponse(string Code, bool Catalog, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, PlanFormDocument Document) : IVersioned
{
    internal static readonly DateTimeOffset SampleTime = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    internal static readonly PlanFormDocument SampleDocument = new()
    {
        Code = "state-plan",
        Title = Text.En("Professional learning plan of the state"),
        Sections =
        [
            new() { Code = "vision", Title = Text.En("Vision"), Fields = [new("vision", Text.En("Where you want to be"), true)] },
            new()
            {
                Code = "goals", Title = Text.En("Goals"), Kind = PlanPartKind.Strategy, Minimum = 1, Fields = [new("title", Text.En("Goal"), true), new("narrative", Text.En("Why and how"), true)],
                Within = [new() { Code = "measures", Title = Text.En("Measures"), Kind = PlanPartKind.Measure, Minimum = 1, Fields = [new("name", Text.En("Measure"), true)] }],
            },
        ],
    };

    internal static readonly PlanFormResponse Sample = new("state-plan", false, SampleTime, SampleTime, 1, SampleDocument);

    public static PlanFormResponse Of(PlanForm form) =>
        new(form.Code, form.TenantId == Guid.Empty, form.CreatedAt, form.UpdatedAt, form.Version, PlanJson.Read<PlanFormDocument>(form.Document));
}
