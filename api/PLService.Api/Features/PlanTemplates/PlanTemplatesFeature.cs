namespace PLService.Api.Features.PlanTemplates;

internal static class PlanTemplatesFeature
{
    /// <summary>Every route about templates of plans: what is not listed here is not served.</summary>
    public static void MapPlanTemplates(this RouteGroupBuilder v1)
    {
        var templates = v1.MapGroup("/plan-templates").WithTags("Plan templates");
        CreatePlanTemplate.Map(templates);
        ListPlanTemplates.Map(templates);
        GetPlanTemplate.Map(templates);
        ReplacePlanTemplate.Map(templates);
        DeletePlanTemplate.Map(templates);
    }
}
