using System.Text.Json.Nodes;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>A template of plans.</summary>
/// <param name="Code">Its stable name, by which plans begin from it.</param>
/// <param name="Catalog">Whether it ships with the service; such are the same for every tenant and read-only.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
/// <param name="Document">What a plan begins with.</param>
internal sealed record PlanTemplateResponse(
    string Code, bool Catalog, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, PlanTemplateDocument Document) : IVersioned
{
    internal static readonly DateTimeOffset SampleTime = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    internal static readonly PlanTemplateDocument SampleDocument = new()
    {
        Code = "first-year",
        Title = Text.En("First year of teams"),
        Plan = new() { Vision = "Every educator belongs to a team that meets each week." },
        Labels = new Dictionary<string, Text> { ["steps"] = Text.En("Commitments") },
        Parts =
        [
            new("teams", PlanPartKind.Strategy, new JsonObject { ["title"] = "Teams that meet each week" }),
            new("time", PlanPartKind.Step, new JsonObject { ["title"] = "Agree on a weekly time", ["dueDay"] = 30 }, "teams"),
        ],
    };

    internal static readonly PlanTemplateResponse Sample = new("first-year", false, SampleTime, SampleTime, 1, SampleDocument);

    public static PlanTemplateResponse Of(PlanTemplate template) => new(
        template.Code, template.TenantId == Guid.Empty, template.CreatedAt, template.UpdatedAt, template.Version, PlanJson.Read<PlanTemplateDocument>(template.Document));
}
