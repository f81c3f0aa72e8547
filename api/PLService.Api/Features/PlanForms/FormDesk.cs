using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.PlanForms;

/// <summary>Fills forms from plans.</summary>
internal sealed class FormDesk(PLServiceDbContext db, PlanDocuments documents)
{
    /// <summary>The form of this code filled from the plan, or what of the two there is not.</summary>
    public async Task<(FillPlanForm.Response? Filled, JsonHttpResult<ApiProblem>? Refused)> FillAsync(Guid planId, string code, CancellationToken ct)
    {
        if (await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == planId, ct) is not { } plan)
            return (null, Problems.NotFound("plan"));
        if (await db.PlanForms.AsNoTracking().Where(f => f.Code == code).OrderByDescending(f => f.TenantId).FirstOrDefaultAsync(ct) is not { } form)
            return (null, Problems.NotFound("plan_form"));

        var organization = await db.Organizations.Where(o => o.Id == plan.OrganizationId).Select(o => o.Name).SingleAsync(ct);
        var names = await (
            from part in db.PlanParts
            join person in db.People on new { part.TenantId, Id = part.OwnerPersonId!.Value } equals new { person.TenantId, person.Id }
            where part.PlanId == planId && part.OwnerPersonId != null
            select new { person.Id, person.Name }).Distinct().ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        var definition = PlanJson.Read<PlanFormDocument>(form.Document);
        var filled = PlanFormFilling.Fill(definition, await documents.ReadAsync(plan, ct), organization, names);
        return (new(code, definition.Title, planId, plan.Version, form.Version, filled.Missing.Count == 0, filled.Missing, filled.Sections), null);
    }
}
