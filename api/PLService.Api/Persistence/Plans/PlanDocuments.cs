using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>Reads plans as documents, and writes parts of documents into plans.</summary>
internal sealed class PlanDocuments(PLServiceDbContext db, PlanWriter writer)
{
    /// <summary>The plan with its parts as they are in the database now.</summary>
    public async Task<PlanDocument> ReadAsync(Plan plan, CancellationToken ct) =>
        PlanDocument.Of(plan, await db.PlanParts.AsNoTracking().Where(part => part.PlanId == plan.Id).ToListAsync(ct));

    /// <summary>Adds the parts to the plan, with ids of their own; saved with the plan.</summary>
    public void Write(Plan plan, IReadOnlyList<PlanDocumentPart> parts)
    {
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var some in parts.GroupBy(part => part.Kind).OrderBy(some => PlanKinds.ParentsFirst.Index().First(at => at.Item == some.Key).Index))
        {
            foreach (var (i, part) in some.Index())
                ids[part.Ref] = writer.Add(plan, part.Kind, part.Read(part.Parent is { } parent ? ids[parent] : null), i).Id;
        }
    }

    /// <summary>The template with this code: the tenant's own before one of the catalog; null when there is none.</summary>
    public async Task<PlanTemplateDocument?> TemplateAsync(string code, CancellationToken ct) =>
        await db.PlanTemplates.Where(template => template.Code == code).OrderByDescending(template => template.TenantId).Select(template => template.Document).FirstOrDefaultAsync(ct) is { } document
            ? PlanJson.Read<PlanTemplateDocument>(document)
            : null;
}
