using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>What plans can begin from: one of the catalog, or one that the tenant wrote.</summary>
public sealed class PlanTemplate : TenantEntity, IInCatalog
{
    private PlanTemplate()
    {
    }

    /// <summary>Stable and unique within the tenant; the catalog's codes are the same for every tenant.</summary>
    public string Code { get; private init; } = "";

    /// <summary>JSON map of language tag to title.</summary>
    public string Title { get; private set; } = "{}";

    /// <summary>JSON of <see cref="PlanTemplateDocument"/>.</summary>
    public string Document { get; private set; } = "{}";

    internal static PlanTemplate Create(PlanTemplateDocument document)
    {
        var template = new PlanTemplate { Code = document.Code };
        template.Rewrite(document);
        return template;
    }

    internal void Rewrite(PlanTemplateDocument document) => (Title, Document) = (PlanJson.Write(document.Title), PlanJson.Write(document));
}

/// <summary>A plan without dates: days are counted from the start of the plan that begins from it.</summary>
internal sealed record PlanTemplateDocument
{
    public const int MaxParts = 1_000;

    /// <summary>Stable name: 2 to 40 lower-case letters, digits or hyphens, a letter first.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called, by language.</summary>
    public required Text Title { get; init; }

    /// <summary>What it is for and where it comes from, by language.</summary>
    public Text? Description { get; init; }

    /// <summary>What the plan says itself.</summary>
    public TemplatePlan Plan { get; init; } = new();

    /// <summary>
    /// What forms and charts of such plans call things, by language: <c>vision</c>, <c>strategies</c>, <c>narrative</c>, <c>steps</c>, <c>obstacles</c>, and
    /// the headings of the chart's rows, see <see cref="PlanLabels"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Text> Labels { get; init; } = new Dictionary<string, Text>();

    /// <summary>The parts: of steps and cycles, <c>startsDay</c> and <c>dueDay</c> count days after the plan's start; nothing names people, priorities or sites.</summary>
    public IReadOnlyList<PlanDocumentPart> Parts { get; init; } = [];

    /// <summary>What a plan says that begins from it: what is given, and what the template says where nothing is given.</summary>
    /// <param name="given">What is given.</param>
    /// <param name="hasMarks">Whether the columns of the chart are.</param>
    public PlanContent Complete(PlanContent given, bool hasMarks) => given with
    {
        Marks = hasMarks ? given.Marks : Plan.Marks,
        Vision = given.Vision ?? Plan.Vision,
        DesignPhilosophy = given.DesignPhilosophy ?? Plan.DesignPhilosophy,
        CommunicationPlan = given.CommunicationPlan ?? Plan.CommunicationPlan,
        TrainingPlan = given.TrainingPlan ?? Plan.TrainingPlan,
        CoachingModel = given.CoachingModel ?? Plan.CoachingModel,
        EvaluationPlan = given.EvaluationPlan ?? Plan.EvaluationPlan,
        Notes = given.Notes ?? Plan.Notes,
    };

    /// <summary>The parts of a plan that begins on this day.</summary>
    public IReadOnlyList<PlanDocumentPart> PartsFrom(DateOnly start) => [.. Parts.Select(part => part with { Content = PlanDays.Name(PlanReset.Of(part.Kind, part.Content), start) })];

    /// <summary>A plan as a template: without days, without what is of this one year, and without whom and what it names outside of itself.</summary>
    public static PlanTemplateDocument Of(PlanDocument plan, string code) => new()
    {
        Code = code,
        Title = Text.En(plan.Plan.Title),
        Plan = new()
        {
            Days = plan.Plan.EndsOn.DayNumber - plan.Plan.StartsOn.DayNumber,
            Marks = plan.Plan.Marks,
            Vision = plan.Plan.Vision,
            DesignPhilosophy = plan.Plan.DesignPhilosophy,
            CommunicationPlan = plan.Plan.CommunicationPlan,
            TrainingPlan = plan.Plan.TrainingPlan,
            CoachingModel = plan.Plan.CoachingModel,
            EvaluationPlan = plan.Plan.EvaluationPlan,
        },
        Parts =
        [
            .. plan.Parts.Where(part => !PlanKinds.IsOnesWords(part.Kind))
                .Select(part => part with { Content = Bare(PlanDays.Count(PlanReset.Of(part.Kind, part.Content), plan.Plan.StartsOn)) }),
        ],
    };

    private static JsonObject Bare(JsonObject content)
    {
        foreach (var member in PlanTemplateCheck.Outside)
            content.Remove(member);
        return content;
    }
}

/// <summary>What a plan that begins from a template says itself, where its makers say nothing else.</summary>
internal sealed record TemplatePlan
{
    /// <summary>How many days such a plan usually has, 1 to 3660; 365 unless given.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Days after the first at which the columns of the chart end, ascending, 12 at most; 30, 60, 90 and 120 unless given.</summary>
    public IReadOnlyList<int> Marks { get; init; } = PlanContent.UsualMarks;

    /// <summary>Where do we want to be one year from today, 20,000 characters at most as all texts of a plan.</summary>
    public string? Vision { get; init; }

    /// <summary>What the work is designed by.</summary>
    public string? DesignPhilosophy { get; init; }

    /// <summary>Who is told what, when and how, and how they answer.</summary>
    public string? CommunicationPlan { get; init; }

    /// <summary>Who learns what, with follow-through.</summary>
    public string? TrainingPlan { get; init; }

    /// <summary>How coaching and mentoring are done, for which employees.</summary>
    public string? CoachingModel { get; init; }

    /// <summary>How the plan's effect is evaluated.</summary>
    public string? EvaluationPlan { get; init; }

    /// <summary>Words that have no place elsewhere.</summary>
    public string? Notes { get; init; }
}

/// <summary>What a template can have its own words for.</summary>
internal static class PlanLabels
{
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "vision", "theoryOfAction", "strategies", "narrative", "steps", "obstacles", "needs", "resources", "cycles", "measures", "communicationPlan", "trainingPlan",
        "coachingModel", "evaluationPlan", "scenarioElements", "majorFocus", "leadershipActions", "serves", "toolsAndMaterials", "challenges", "benefits", "frustrations",
    };
}

public static class PlanTemplateErrors
{
    public static readonly DomainError IsCatalog = new("plan_template.is_catalog", "Catalog templates are read-only; write one of your own under another code.");
    public static readonly DomainError CodeTaken = new("plan_template.code_taken", "The tenant has a template with this code already.");
    public static readonly DomainError CodeMismatch = new("plan_template.code_mismatch", "The document's code is not the code of the template that it replaces.");
    public static readonly DomainError TooMany = new("plan_template.too_many", "The tenant has as many templates as it may have.");
}
