namespace PLService.Api.Features.PlanForms;

internal static class PlanFormsFeature
{
    public static void AddPlanForms(this IServiceCollection services) => services.AddScoped<FormDesk>();

    /// <summary>Every route about forms for plans: what is not listed here is not served.</summary>
    public static void MapPlanForms(this RouteGroupBuilder v1)
    {
        var forms = v1.MapGroup("/plan-forms").WithTags("Plan forms");
        CreatePlanForm.Map(forms);
        ListPlanForms.Map(forms);
        GetPlanForm.Map(forms);
        ReplacePlanForm.Map(forms);
        DeletePlanForm.Map(forms);
        FillPlanForm.Map(v1.MapGroup("/plans").WithTags("Plan forms"));
    }
}
