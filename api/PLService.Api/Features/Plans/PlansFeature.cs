using PLService.Api.Features.Plans.Charts;
using PLService.Api.Features.Plans.CheckIns;
using PLService.Api.Features.Plans.Cycles;
using PLService.Api.Features.Plans.History;
using PLService.Api.Features.Plans.Measures;
using PLService.Api.Features.Plans.Needs;
using PLService.Api.Features.Plans.Obstacles;
using PLService.Api.Features.Plans.ProgressNotes;
using PLService.Api.Features.Plans.QuickWrites;
using PLService.Api.Features.Plans.Resources;
using PLService.Api.Features.Plans.Reviews;
using PLService.Api.Features.Plans.Statements;
using PLService.Api.Features.Plans.Steps;
using PLService.Api.Features.Plans.Strategies;
using PLService.Api.Features.Plans.Versions;

namespace PLService.Api.Features.Plans;

internal static class PlansFeature
{
    public static void AddPlans(this IServiceCollection services) => services
        .AddScoped<PlanDesk>().AddScoped<PlanPartCheck>().AddScoped<PlanLife>().AddScoped<PlanUndo>()
        .AddScoped<ChartDesk>().AddScoped<CheckInDesk>()
        .AddScoped<VersionDesk>().AddScoped<ReviewDesk>().AddScoped<CommentDesk>().AddScoped<PlanNews>();

    /// <summary>Every route about plans, in one place: what is not listed here is not served.</summary>
    public static void MapPlans(this RouteGroupBuilder v1)
    {
        var plans = v1.MapGroup("/plans").WithTags("Plans");
        CreatePlan.Map(plans);
        ListPlans.Map(plans);
        GetPlan.Map(plans);
        PatchPlan.Map(plans);
        DeletePlan.Map(plans);
        ActivatePlan.Map(plans);
        CompletePlan.Map(plans);
        ArchivePlan.Map(plans);
        UnarchivePlan.Map(plans);
        ListPlanChanges.Map(plans);
        UndoPlanChange.Map(plans);
        GetPlanChart.Map(plans);
        MapCheckIns(plans);
        CopyPlan.Map(plans);
        ExportPlan.Map(plans);
        ExportPlanAsTemplate.Map(plans);
        MapReviews(plans);
        MapParts(plans);
    }

    private static void MapCheckIns(RouteGroupBuilder plans)
    {
        var checkIns = plans.MapGroup("/{id:guid}/check-ins");
        CreateCheckIn.Map(checkIns);
        ListCheckIns.Map(checkIns);
        GetCheckIn.Map(checkIns);
        GetCheckInChart.Map(checkIns);
        PatchCheckIn.Map(checkIns);
        DeleteCheckIn.Map(checkIns);
    }

    private static void MapReviews(RouteGroupBuilder plans)
    {
        KeepPlanVersion.Map(plans);
        ListPlanVersions.Map(plans);
        ComparePlanVersions.Map(plans);
        GetPlanVersion.Map(plans);
        SubmitPlan.Map(plans);
        WithdrawPlan.Map(plans);
        ReviewPlan.Map(plans);
        ListPlanReviews.Map(plans);

        var comments = plans.MapGroup("/{id:guid}/comments");
        CreatePlanComment.Map(comments);
        ListPlanComments.Map(comments);
        GetPlanComment.Map(comments);
        EditPlanComment.Map(comments);
        ReplyToPlanComment.Map(comments);
        ResolvePlanComment.Map(comments);
        ReopenPlanComment.Map(comments);
    }

    private static void MapParts(RouteGroupBuilder plans)
    {
        var quickWrites = plans.MapGroup("/{id:guid}/quick-writes");
        CreatePlanQuickWrite.Map(quickWrites);
        GetPlanQuickWrite.Map(quickWrites);
        PatchPlanQuickWrite.Map(quickWrites);
        DeletePlanQuickWrite.Map(quickWrites);

        var statements = plans.MapGroup("/{id:guid}/statements");
        CreatePlanStatement.Map(statements);
        GetPlanStatement.Map(statements);
        PatchPlanStatement.Map(statements);
        DeletePlanStatement.Map(statements);

        var strategies = plans.MapGroup("/{id:guid}/strategies");
        CreatePlanStrategy.Map(strategies);
        GetPlanStrategy.Map(strategies);
        PatchPlanStrategy.Map(strategies);
        DeletePlanStrategy.Map(strategies);

        var steps = plans.MapGroup("/{id:guid}/steps");
        CreatePlanStep.Map(steps);
        GetPlanStep.Map(steps);
        PatchPlanStep.Map(steps);
        DeletePlanStep.Map(steps);

        var progressNotes = plans.MapGroup("/{id:guid}/progress-notes");
        CreatePlanProgressNote.Map(progressNotes);
        GetPlanProgressNote.Map(progressNotes);
        PatchPlanProgressNote.Map(progressNotes);
        DeletePlanProgressNote.Map(progressNotes);

        var obstacles = plans.MapGroup("/{id:guid}/obstacles");
        CreatePlanObstacle.Map(obstacles);
        GetPlanObstacle.Map(obstacles);
        PatchPlanObstacle.Map(obstacles);
        DeletePlanObstacle.Map(obstacles);

        var needs = plans.MapGroup("/{id:guid}/needs");
        CreatePlanNeed.Map(needs);
        GetPlanNeed.Map(needs);
        PatchPlanNeed.Map(needs);
        DeletePlanNeed.Map(needs);

        var resources = plans.MapGroup("/{id:guid}/resources");
        CreatePlanResource.Map(resources);
        GetPlanResourceSummary.Map(resources);
        GetPlanResource.Map(resources);
        PatchPlanResource.Map(resources);
        DeletePlanResource.Map(resources);

        var cycles = plans.MapGroup("/{id:guid}/cycles");
        CreatePlanCycle.Map(cycles);
        GetPlanCycle.Map(cycles);
        PatchPlanCycle.Map(cycles);
        DeletePlanCycle.Map(cycles);

        var measures = plans.MapGroup("/{id:guid}/measures");
        CreatePlanMeasure.Map(measures);
        GetPlanMeasure.Map(measures);
        PatchPlanMeasure.Map(measures);
        DeletePlanMeasure.Map(measures);
    }
}
