using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Rollups;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reports;

/// <summary>A tenant with a tree, instrument versions and closed assessments, whose answers the test remembers to reckon for itself.</summary>
internal sealed class ReportWorld(ApiServer api, TestTenant tenant)
{
    public TestTenant Tenant => tenant;

    public List<Place> Places { get; } = [];

    public List<Sitting> Sittings { get; } = [];

    /// <summary>An organization; <c>Parent</c> null is a root.</summary>
    public sealed record Place(Guid Id, Place? Parent, string Kind, string Name)
    {
        public Place? Parent { get; set; } = Parent;

        /// <summary>Itself and all above.</summary>
        public IEnumerable<Place> Upwards()
        {
            for (var at = this; at is not null; at = at.Parent)
                yield return at;
        }
    }

    /// <summary>A version of an instrument.</summary>
    public sealed record Edition(Guid Id, InstrumentDocument Document, InstrumentLayout Layout);

    /// <summary>An assessment with its answers: role and level ordinals per element.</summary>
    public sealed record Sitting(
        Guid Id, Place Place, Edition Edition, string Round, DateTimeOffset OpenedAt, IReadOnlyList<(string? Role, short?[] Levels)> Answers)
    {
        public bool Closed { get; set; }

        /// <summary>Responses and counts of all (role "") and of each role.</summary>
        public IEnumerable<(string Role, int Responses, int[] Counts)> Tallies() =>
            Answers.Select(a => a.Role).Where(role => role is not null).Distinct().Prepend("").Select(role =>
            {
                var counts = new int[Edition.Layout.CountsLength];
                var mine = Answers.Where(a => role!.Length == 0 || a.Role == role).ToList();
                foreach (var (_, levels) in mine)
                {
                    for (var e = 0; e < levels.Length; e++)
                    {
                        if (levels[e] is { } level)
                            counts[Edition.Layout.Elements[e].CountsOffset + level]++;
                    }
                }

                return (role!, mine.Count, counts);
            });
    }

    public Place Add(Place? parent, string kind, string name)
    {
        var place = new Place(Guid.CreateVersion7(), parent, kind, name);
        Places.Add(place);
        return place;
    }

    public Sitting Sit(Place place, Edition edition, string round, DateTimeOffset openedAt, IReadOnlyList<(string? Role, short?[] Levels)> answers)
    {
        var sitting = new Sitting(Guid.CreateVersion7(), place, edition, round, openedAt, answers);
        Sittings.Add(sitting);
        return sitting;
    }

    /// <summary>Stores all organizations.</summary>
    public Task SavePlacesAsync() => InTransactionAsync(async (db, _) =>
    {
        foreach (var depth in Places.GroupBy(place => place.Upwards().Count()).OrderBy(group => group.Key))
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into pls.organization (tenant_id, id, parent_id, kind, name, status, time_zone, created_at, updated_at)
                select {tenant.Id}, o.id, nullif(o.parent_id, {Guid.Empty}), o.kind, o.name, 'active', 'UTC', now(), now()
                from unnest({depth.Select(p => p.Id).ToArray()}, {depth.Select(p => p.Parent?.Id ?? Guid.Empty).ToArray()},
                            {depth.Select(p => p.Kind).ToArray()}, {depth.Select(p => p.Name).ToArray()}) as o (id, parent_id, kind, name)
                """);
        }

        await SaveClosureAsync(db);
    });

    /// <summary>Stores an instrument's version as the tenant's own.</summary>
    public async Task<Edition> SaveEditionAsync(InstrumentDocument document)
    {
        var id = Guid.CreateVersion7();
        await InTransactionAsync(async (db, _) =>
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into pls.instrument (tenant_id, id, code, title, created_at, updated_at)
                values ({tenant.Id}, {Guid.CreateVersion7()}, {document.Code}, 'null', now(), now()) on conflict do nothing
                """);
            await db.Database.ExecuteSqlAsync($"""
                insert into pls.instrument_version (tenant_id, id, instrument_id, label, status, document, sha256, published_at, created_at, updated_at)
                select tenant_id, {id}, id, {document.Version}, 'published', {InstrumentJson.Write(document)}::jsonb, '\x00', now(), now(), now()
                from pls.instrument where tenant_id = {tenant.Id} and code = {document.Code}
                """);
        });
        return new Edition(id, document, InstrumentLayout.Of(document));
    }

    /// <summary>Stores all sittings as closed, with their counts; roll-ups are left as they are.</summary>
    public Task SaveSittingsAsync(IReadOnlyList<Sitting> sittings) => InTransactionAsync(async (db, _) =>
    {
        await InsertAsync(db, sittings);
    });

    /// <summary>Closes sittings in one transaction, as a close or a bulk close does.</summary>
    public Task CloseAsync(params IReadOnlyList<Sitting> sittings) => InTransactionAsync(async (db, rollups) =>
    {
        await InsertAsync(db, sittings);
        await rollups.AddAsync([.. sittings.Select(s => s.Id)], TestContext.Current.CancellationToken);
    });

    /// <summary>Reopens sittings in one transaction.</summary>
    public Task ReopenAsync(params IReadOnlyList<Sitting> sittings) => InTransactionAsync(async (db, rollups) =>
    {
        var ids = sittings.Select(s => s.Id).ToArray();
        await rollups.SubtractAsync(ids, TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from pls.assessment_counts where tenant_id = {tenant.Id} and assessment_id = any({ids})");
        await db.Database.ExecuteSqlAsync($"update pls.assessment set status = 'open' where tenant_id = {tenant.Id} and id = any({ids})");
        foreach (var sitting in sittings)
            sitting.Closed = false;
    });

    /// <summary>Moves a place, as moving an organization does.</summary>
    public Task MoveAsync(Place place, Place parent) => InTransactionAsync(async (db, rollups) =>
    {
        var before = place.Upwards().Skip(1).ToList();
        place.Parent = parent;
        await db.Database.ExecuteSqlAsync($"update pls.organization set parent_id = {parent.Id} where tenant_id = {tenant.Id} and id = {place.Id}");
        await SaveClosureAsync(db);
        await rollups.RebuildAsync(before.Concat(parent.Upwards()).Select(p => p.Id), TestContext.Current.CancellationToken);
    });

    public Task RebuildAsync(IEnumerable<Guid> organizationIds) =>
        InTransactionAsync((_, rollups) => rollups.RebuildAsync(organizationIds, TestContext.Current.CancellationToken));

    /// <summary>What is stored, a line per roll-up row, in a fixed order.</summary>
    public Task<List<string>> StoredRollupsAsync() => tenant.StoredAsync(async db =>
        (await db.Rollups.AsNoTracking().ToListAsync()).ConvertAll(r => Line(
            r.OrganizationId, r.InstrumentVersionId, r.Round, r.Role, r.FirstOpenedAt, r.Assessments, r.Organizations, r.Responses, r.Counts)).Order(StringComparer.Ordinal).ToList());

    /// <summary>What must be stored, reckoned from the answers.</summary>
    public List<string> ExpectedRollups() =>
        Sittings.Where(s => s.Closed)
            .SelectMany(s => s.Place.Upwards().SelectMany(above => s.Tallies().Select(t => (Above: above.Id, Sitting: s, t.Role, t.Responses, t.Counts))))
            .GroupBy(m => (m.Above, m.Sitting.Edition.Id, m.Sitting.Round, m.Role))
            .Select(g => Line(
                g.Key.Above, g.Key.Id, g.Key.Round, g.Key.Role, g.Min(m => m.Sitting.OpenedAt), g.Count(), g.Select(m => m.Sitting.Place.Id).Distinct().Count(),
                g.Sum(m => m.Responses), [.. g.First().Counts.Select((_, i) => g.Sum(m => (long)m.Counts[i]))]))
            .Order(StringComparer.Ordinal).ToList();

    private static string Line(
        Guid organization, Guid version, string round, string role, DateTimeOffset opened, int assessments, int organizations, int responses, long[] counts) =>
        $"{organization} {version} {round} '{role}' {opened.UtcDateTime:s} {assessments} {organizations} {responses} [{string.Join(' ', counts)}]";

    private async Task InsertAsync(PLServiceDbContext db, IReadOnlyList<Sitting> sittings)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into pls.assessment (tenant_id, id, organization_id, instrument_tenant_id, instrument_version_id, title, round, mode, roles, status,
                                        opened_at, closed_at, created_at, updated_at)
            select {tenant.Id}, a.id, a.organization_id, {tenant.Id}, a.version_id, 'Sample', a.round, 'anonymous', array[]::text[], 'closed',
                   a.opened_at, now(), now(), now()
            from unnest({sittings.Select(s => s.Id).ToArray()}, {sittings.Select(s => s.Place.Id).ToArray()}, {sittings.Select(s => s.Edition.Id).ToArray()},
                        {sittings.Select(s => s.Round).ToArray()}, {sittings.Select(s => s.OpenedAt).ToArray()}) as a (id, organization_id, version_id, round, opened_at)
            on conflict (tenant_id, id) do update set status = 'closed'
            """);
        var tallies = sittings.SelectMany(s => s.Tallies().Select(t => (s.Id, t.Role, t.Responses, t.Counts))).ToList();
        await db.Database.ExecuteSqlAsync($$"""
            insert into pls.assessment_counts (tenant_id, assessment_id, role, responses, counts)
            select {{tenant.Id}}, c.id, c.role, c.responses, c.counts::int[]
            from unnest({{tallies.Select(t => t.Id).ToArray()}}, {{tallies.Select(t => t.Role).ToArray()}}, {{tallies.Select(t => t.Responses).ToArray()}},
                        {{tallies.Select(t => "{" + string.Join(',', t.Counts) + "}").ToArray()}}) as c (id, role, responses, counts)
            """);
        foreach (var sitting in sittings)
            sitting.Closed = true;
    }

    private async Task SaveClosureAsync(PLServiceDbContext db)
    {
        var pairs = Places.SelectMany(place => place.Upwards().Select((above, depth) => (Above: above.Id, place.Id, Depth: (short)depth))).ToList();
        await db.Database.ExecuteSqlAsync($"delete from pls.organization_closure where tenant_id = {tenant.Id}");
        await db.Database.ExecuteSqlAsync($"""
            insert into pls.organization_closure (tenant_id, ancestor_id, descendant_id, depth)
            select {tenant.Id}, p.* from unnest({pairs.Select(p => p.Above).ToArray()}, {pairs.Select(p => p.Id).ToArray()}, {pairs.Select(p => p.Depth).ToArray()}) as p
            """);
    }

    public async Task InTransactionAsync(Func<PLServiceDbContext, RollupStore, Task> work)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        var db = scope.ServiceProvider.GetRequiredService<PLServiceDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await work(db, scope.ServiceProvider.GetRequiredService<RollupStore>());
        await transaction.CommitAsync();
    }
}
