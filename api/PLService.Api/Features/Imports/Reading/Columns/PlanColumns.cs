using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>What a row of plans is about, besides the plan itself.</summary>
internal enum PlanRowType
{
    Plan,
    Strategy,
    Step,
    Obstacle,
}

/// <summary>How a cell of plans is written.</summary>
internal enum PlanCell
{
    Text,

    /// <summary>A day; what is not bound to have one says <c>none</c> to have none.</summary>
    Day,
    Word,

    /// <summary>Texts, separated by bars.</summary>
    Texts,

    /// <summary>Days counted from the first, separated by bars.</summary>
    Marks,

    /// <summary>Standards as framework:code, separated by bars.</summary>
    Standards,
}

/// <summary>What a column says of one kind of thing.</summary>
/// <param name="Of">The kind: the plan itself is told by rows of every type, a strategy also by those of its steps.</param>
/// <param name="Field">The column.</param>
/// <param name="Member">The member of the content that it fills.</param>
/// <param name="Cell">How it is written.</param>
/// <param name="Most">Characters at most.</param>
/// <param name="Words">Of a word: the type that lists them.</param>
/// <param name="OwnRowOnly">Only rows of that type say it.</param>
internal sealed record PlanMember(
    PlanRowType Of, Field Field, string Member, PlanCell Cell = PlanCell.Text, int Most = PlanContent.WordsMaxLength, Type? Words = null, bool OwnRowOnly = true);

/// <summary>The columns of files of plans, which import and export share.</summary>
internal static class PlanColumns
{
    /// <summary>What separates the entries of a list.</summary>
    public const char Bar = '|';

    /// <summary>In the order in which an export has them; there the organization stands in two columns of its own.</summary>
    public static readonly KnownColumn[] Known =
    [
        new(Field.PlanRowType, "row_type", []),
        new(Field.OrganizationIdSystem, "organization_id_system", ["org_id_system"]),
        new(Field.Organization, "organization_id", ["org_id"]),
        new(Field.PlanExternalId, "plan_external_id", ["plan_id"]),
        new(Field.PlanTitle, "plan_title", ["plan"]),
        new(Field.PlanStartsOn, "plan_starts_on", []),
        new(Field.PlanEndsOn, "plan_ends_on", []),
        new(Field.PlanStatus, "plan_status", []),
        new(Field.StrategyExternalId, "strategy_external_id", ["strategy_id"]),
        new(Field.StrategyTitle, "strategy_title", ["strategy"]),
        new(Field.StepExternalId, "step_external_id", ["step_id"]),
        new(Field.StepTitle, "step_title", ["step", "action_step"]),
        new(Field.StepDescription, "step_description", []),
        new(Field.Email, "owner_email", []),
        new(Field.OwnerName, "owner_name", ["owner"]),
        new(Field.StartsOn, "starts_on", ["start_date"]),
        new(Field.DueOn, "due_on", ["due_date", "due"]),
        new(Field.Status, "status", []),
        new(Field.DoneOn, "done_on", []),
        new(Field.ToolsAndMaterials, "tools_and_materials", ["tools"]),
        new(Field.Serves, "serves", ["standards"]),
        new(Field.ExpectedBenefits, "expected_benefits", []),
        new(Field.ExpectedFrustrations, "expected_frustrations", []),
        new(Field.ObstacleExternalId, "obstacle_external_id", ["obstacle_id"]),
        new(Field.ObstacleTitle, "obstacle_title", ["obstacle"]),
        new(Field.ObstacleKind, "kind", ["obstacle_kind"]),
        new(Field.Severity, "severity", []),
        new(Field.Mitigation, "mitigation", []),
        new(Field.StrategyNarrative, "strategy_narrative", []),
        new(Field.PlanMarks, "plan_marks", ["marks"]),
        new(Field.PlanVision, "plan_vision", ["vision"]),
        new(Field.PlanDesignPhilosophy, "plan_design_philosophy", []),
        new(Field.PlanCommunication, "plan_communication", []),
        new(Field.PlanTraining, "plan_training", []),
        new(Field.PlanCoaching, "plan_coaching", []),
        new(Field.PlanEvaluation, "plan_evaluation", []),
        new(Field.PlanNotes, "plan_notes", []),
    ];

    /// <summary>What the columns say of what.</summary>
    public static readonly PlanMember[] Members =
    [
        new(PlanRowType.Plan, Field.PlanTitle, "title", Most: 200, OwnRowOnly: false),
        new(PlanRowType.Plan, Field.PlanStartsOn, "startsOn", PlanCell.Day, OwnRowOnly: false),
        new(PlanRowType.Plan, Field.PlanEndsOn, "endsOn", PlanCell.Day, OwnRowOnly: false),
        new(PlanRowType.Plan, Field.PlanMarks, "marks", PlanCell.Marks),
        new(PlanRowType.Plan, Field.PlanVision, "vision"),
        new(PlanRowType.Plan, Field.PlanDesignPhilosophy, "designPhilosophy"),
        new(PlanRowType.Plan, Field.PlanCommunication, "communicationPlan"),
        new(PlanRowType.Plan, Field.PlanTraining, "trainingPlan"),
        new(PlanRowType.Plan, Field.PlanCoaching, "coachingModel"),
        new(PlanRowType.Plan, Field.PlanEvaluation, "evaluationPlan"),
        new(PlanRowType.Plan, Field.PlanNotes, "notes"),
        new(PlanRowType.Strategy, Field.StrategyTitle, "title", Most: 300, OwnRowOnly: false),
        new(PlanRowType.Strategy, Field.StrategyNarrative, "narrative"),
        new(PlanRowType.Strategy, Field.Serves, "serves", PlanCell.Standards),
        new(PlanRowType.Step, Field.StepTitle, "title", Most: 1_000),
        new(PlanRowType.Step, Field.StepDescription, "description"),
        new(PlanRowType.Step, Field.OwnerName, "ownerName", Most: 200),
        new(PlanRowType.Step, Field.StartsOn, "startsOn", PlanCell.Day),
        new(PlanRowType.Step, Field.DueOn, "dueOn", PlanCell.Day),
        new(PlanRowType.Step, Field.Status, "status", PlanCell.Word, Words: typeof(StepStatus)),
        new(PlanRowType.Step, Field.DoneOn, "doneOn", PlanCell.Day),
        new(PlanRowType.Step, Field.ToolsAndMaterials, "toolsAndMaterials", PlanCell.Texts, Most: 300),
        new(PlanRowType.Step, Field.Serves, "serves", PlanCell.Standards),
        new(PlanRowType.Step, Field.ExpectedBenefits, "expectedBenefits"),
        new(PlanRowType.Step, Field.ExpectedFrustrations, "expectedFrustrations"),
        new(PlanRowType.Obstacle, Field.ObstacleTitle, "title", Most: 1_000),
        new(PlanRowType.Obstacle, Field.ObstacleKind, "kind", PlanCell.Word, Words: typeof(ObstacleKind)),
        new(PlanRowType.Obstacle, Field.Severity, "severity", PlanCell.Word, Words: typeof(ObstacleSeverity)),
        new(PlanRowType.Obstacle, Field.Status, "status", PlanCell.Word, Words: typeof(ObstacleStatus)),
        new(PlanRowType.Obstacle, Field.Mitigation, "mitigation"),
    ];

    /// <summary>The column of a part's own external id.</summary>
    public static Field IdOf(PlanRowType type) => type switch
    {
        PlanRowType.Plan => Field.PlanExternalId,
        PlanRowType.Strategy => Field.StrategyExternalId,
        PlanRowType.Step => Field.StepExternalId,
        _ => Field.ObstacleExternalId,
    };

    /// <summary>The column that fills a member.</summary>
    public static Field FieldOf(PlanRowType of, string member) => Members.First(known => known.Of == of && known.Member == member).Field;

    public static PlanPartKind KindOf(PlanRowType type) => type switch
    {
        PlanRowType.Strategy => PlanPartKind.Strategy,
        PlanRowType.Step => PlanPartKind.Step,
        PlanRowType.Obstacle => PlanPartKind.Obstacle,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The plan itself is no part."),
    };

    public static string NameOf(Field field) => Known.First(known => known.Field == field).Name;
}
