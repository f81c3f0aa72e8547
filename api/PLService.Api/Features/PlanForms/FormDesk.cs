using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.PlanForms;

/// <summary>A form filled from a plan, and what a page says of the plan beside it.</summary>
/// <param name="Filled">The form.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Organization">The name of its organization.</param>
/// <param name="TimeZone">IANA name of the time zone in which its days are days.</param>
internal sealed record FilledPlanForm(FillPlanForm.Response Filled, Plan Plan, string Organization, string TimeZone);

/// <summary>Fills forms from plans.</summary>
internal sealed class FormDesk(PLServiceDbContext db, PlanDocuments documents)
{
    /// <summary>The form of this code filled from the plan, or what of the two there is not.</summary>
    public async Task<(FilledPlanForm? Form, JsonHttpResult<ApiProblem>? Refused)> FillAsync(Guid planId, string code, CancellationToken ct)
    {
        if (await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == planId, ct) is not { } plan)
            return (null, Problems.NotFound("plan"));
        if (await db.PlanForms.AsNoTracking().Where(f => f.Code == code).OrderByDescending(f => f.TenantId).FirstOrDefaultAsync(ct) is not { } form)
            return (null, Problems.NotFound("plan_form"));

        var organization = await db.Organizations.Where(o => o.Id == plan.OrganizationId).Select(o => new { o.Name, o.TimeZone }).SingleAsync(ct);
        var document = await documents.ReadAsync(plan, ct);
        var names = await db.OwnerNamesOfAsync(PlanFormFilling.OwnersIn(document), ct);
        var definition = PlanJson.Read<PlanFormDocument>(form.Document);
        var filled = PlanFormFilling.Fill(definition, document, organization.Name, names);
        return (new(
            new(code, definition.Title, planId, plan.Version, form.Version, filled.Missing.Count == 0, filled.Missing, filled.Sections), plan, organization.Name, organization.TimeZone), null);
    }
}
