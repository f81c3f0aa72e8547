using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>Reads frameworks for answers, and keeps what they say of themselves in their CFDocument and CFLicense.</summary>
internal sealed class FrameworkDesk(PLServiceDbContext db, AccessOptions access, TimeProvider clock)
{
    /// <summary>Address of the CASE provider, below which this installation's objects are.</summary>
    public string CaseAddress { get; } = access.Issuer.TrimEnd('/') + CaseAddresses.BasePath;

    /// <summary>The framework with this id or code, for an answer.</summary>
    public async Task<FrameworkResponse?> ReadAsync(string idOrCode, CancellationToken ct)
    {
        var found = await db.FrameworkNamed(idOrCode)
            .Select(f => new
            {
                Framework = f,
                Licences = db.FrameworkDefinitions.Where(d => d.TenantId == f.TenantId && d.FrameworkId == f.Id && d.Kind == DefinitionKind.License)
                    .Select(d => new { d.Id, d.Body }).ToList(),
                DerivedFrom = db.Frameworks.Where(o => o.Id == f.DerivedFromId).OrderByDescending(o => o.TenantId)
                    .Select(o => new NamedFramework(o.Id, o.Code, o.Title, o.Status, o.TenantId == Guid.Empty)).FirstOrDefault(),
                Standards = db.Standards.Count(s => s.TenantId == f.TenantId && s.FrameworkId == f.Id),
                Associations = db.StandardAssociations.Count(a => a.TenantId == f.TenantId && a.FrameworkId == f.Id),
                Rubrics = db.Rubrics.Count(r => r.TenantId == f.TenantId && r.FrameworkId == f.Id),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
            return null;

        var licence = LicenceLink(found.Framework) is { } link ? found.Licences.Find(l => l.Id.ToString() == link.Identifier)?.Body : null;
        return FrameworkResponse.Of(found.Framework, licence, found.DerivedFrom, new(found.Standards, found.Associations, found.Rubrics), CaseAddress);
    }

    /// <summary>What a stored framework says of itself.</summary>
    public async Task<ReplaceFramework.Request> DetailsOfAsync(Framework framework, CancellationToken ct) =>
        DetailsOf(framework, await LicenceOfAsync(framework, ct));

    /// <summary>A new framework of the tenant, not saved yet.</summary>
    public Framework Create(string code, FrameworkDetails details)
    {
        var (id, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var body = FrameworkBody.Write(CaseBodies.Document(id, details.Title, details.Creator, now), details);
        if (details.Licence is { } licence)
        {
            var (definition, link) = FrameworkBody.NewLicence(id, 0, licence, now);
            body.With("licenseURI", link);
            db.Add(definition);
        }

        var framework = Framework.Create(id, code, details.Title, body.Write());
        db.Add(framework);
        return framework;
    }

    /// <summary>Says other things of a framework; what is the same already changes nothing. The caller saves.</summary>
    public async Task<DomainError?> DescribeAsync(Framework framework, FrameworkDetails details, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stored = await LicenceOfAsync(framework, ct);
        var body = FrameworkBody.Write(CaseObject.Read(framework.Body), details);
        if (DetailsOf(framework, stored).Licence != details.Licence)
            body.With("licenseURI", details.Licence is { } licence ? await LicenseAsync(framework, stored, licence, now, ct) : null);
        if (framework.CheckChangeable() is { } refused)
            return refused;
        return CaseTexts.Same(framework.Body, body.Write()) ? null : framework.Describe(details.Title, body.Changed(now).Write());
    }

    private async Task<CaseLink> LicenseAsync(Framework framework, FrameworkDefinition? stored, FrameworkLicence licence, DateTimeOffset now, CancellationToken ct)
    {
        if (stored is null)
        {
            var others = await db.FrameworkDefinitions.CountAsync(d => d.FrameworkId == framework.Id && d.Kind == DefinitionKind.License, ct);
            var (definition, link) = FrameworkBody.NewLicence(framework.Id, others, licence, now);
            db.Add(definition);
            return link;
        }

        var uri = licence.Uri ?? CaseAddresses.Own(CaseBodies.Licenses, stored.Id);
        stored.Rewrite(
            licence.Title, CaseObject.Read(stored.Body).With("uri", uri).With("title", licence.Title).With("licenseText", licence.Text).Changed(now).Write());
        return new(licence.Title, stored.Id.ToString(), uri);
    }

    private async Task<FrameworkDefinition?> LicenceOfAsync(Framework framework, CancellationToken ct) =>
        LicenceLink(framework) is { } link && Guid.TryParse(link.Identifier, out var id)
            ? await db.FrameworkDefinitions.SingleOrDefaultAsync(
                d => d.TenantId == framework.TenantId && d.FrameworkId == framework.Id && d.Id == id && d.Kind == DefinitionKind.License, ct)
            : null;

    private static ReplaceFramework.Request DetailsOf(Framework framework, FrameworkDefinition? licence) =>
        FrameworkBody.Read(framework.Body, licence?.Body, new ReplaceFramework.Request { Title = framework.Title, Creator = "" });

    private static CaseLink? LicenceLink(Framework framework) => CaseObject.Read(framework.Body).Link("licenseURI");
}
