using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>Published frameworks of a tenant, and what becomes of their standards.</summary>
internal static class TestFrameworks
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A published framework whose standards have these codes.</summary>
    public static Task FrameworkAsync(this TestTenant tenant, string code, params string[] standards) => tenant.StoredAsync(async db =>
    {
        var id = Guid.NewGuid();
        var framework = Framework.Create(id, code, $"Framework {code}", CaseBodies.Document(id, $"Framework {code}", "Test", Now).Write());
        Assert.Null(framework.Publish(Now));
        db.Add(framework);
        db.AddRange(standards.Select((standard, i) => Make(framework, standard, i)));
        return await db.SaveChangesAsync(Ct);
    });

    /// <summary>Adds a standard to a framework.</summary>
    public static Task StandardAsync(this TestTenant tenant, string framework, string code) => tenant.StoredAsync(async db =>
    {
        var found = await db.Frameworks.SingleAsync(f => f.Code == framework, Ct);
        db.Add(Make(found, code, await db.Standards.CountAsync(s => s.FrameworkId == found.Id, Ct)));
        return await db.SaveChangesAsync(Ct);
    });

    /// <summary>Links two standards, each written as <c>framework/code</c>; the link is kept in the framework of the first.</summary>
    public static Task LinkAsync(this TestTenant tenant, string origin, string type, string destination) => tenant.StoredAsync(async db =>
    {
        var (from, to) = (await FindAsync(db, origin), await FindAsync(db, destination));
        var id = Guid.NewGuid();
        var body = CaseBodies.Association(id, type, CaseBodies.LinkTo(from), CaseBodies.LinkTo(to), null, Now).Write();
        db.Add(StandardAssociation.Create(id, from.FrameworkId, 0, type, from.Id, to.Id, null, body));
        return await db.SaveChangesAsync(Ct);
    });

    /// <summary>Gives a standard another code and label; the old ones are kept.</summary>
    public static Task RenameAsync(this TestTenant tenant, string standard, string code, string label) => tenant.StoredAsync(async db =>
    {
        var found = await FindAsync(db, standard);
        var wording = new StandardWording(code, found.Statement, label);
        var body = CaseBodies.Reword(CaseObject.Read(found.Body), wording, found.ItemType).Write();
        db.Add(Assert.IsType<StandardName>(found.Reword(wording, found.ItemType, body, FrameworkStatus.Published, new DateOnly(2026, 12, 1))));
        return await db.SaveChangesAsync(Ct);
    });

    public static Task<Standard> FindAsync(Persistence.PLServiceDbContext db, string standard)
    {
        var (framework, code) = (standard.Split('/')[0], standard.Split('/')[1]);
        return db.Standards.SingleAsync(s => s.Code == code && db.Frameworks.Any(f => f.TenantId == s.TenantId && f.Id == s.FrameworkId && f.Code == framework), Ct);
    }

    private static Standard Make(Framework framework, string code, int position)
    {
        var id = Guid.NewGuid();
        var wording = new StandardWording(code, $"Statement of {code}", $"Label of {code}");
        return Standard.Create(id, framework.Id, position, wording, "Standard", CaseBodies.Item(id, wording, "Standard", Now).Write());
    }
}
