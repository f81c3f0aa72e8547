using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>A rating as a file says it.</summary>
internal sealed record Rating(string School, string Participant, string Item, string Level);

/// <summary>A tenant with a district, two schools and an instrument, to import into.</summary>
internal sealed class ImportWorld
{
    public const string District = "0900030";
    public const string Cedar = "090003000101";
    public const string Birch = "090003000102";
    public const string Header = "school_nces_id,instrument,round,participant_key,item_code,level";
    public const string Query = "kind=readinessRatings&createAssessments=true";

    private readonly string _instrument;

    private ImportWorld(TestTenant tenant, JsonObject instrument)
    {
        (Tenant, Client, _instrument) = (tenant, tenant.Everything(), (string)instrument["code"]!);
        Items = [.. instrument["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()).Select(item => (string)item!["code"]!)];
        Levels = [.. instrument["scales"]![0]!["levels"]!.AsArray().Select(level => (string)level!["code"]!)];
    }

    public TestTenant Tenant { get; }

    public HttpClient Client { get; }

    /// <summary>The instrument's items in its order, each with one axis.</summary>
    public IReadOnlyList<string> Items { get; }

    public IReadOnlyList<string> Levels { get; }

    public Dictionary<string, Guid> Organizations { get; } = [];

    /// <summary>With the small instrument <c>pulse</c>: A.1, A.2, B.1 with green, yellow, red and dont-know.</summary>
    public static async Task<ImportWorld> MakeAsync(ApiServer api)
    {
        var (tenant, pulse) = (await api.NewTenantAsync(), TestInstruments.OneAxis());
        await tenant.Everything().PublishAsync(pulse);
        return await PlantAsync(new ImportWorld(tenant, pulse));
    }

    /// <summary>With the catalog's <c>plsr</c>, of 48 items.</summary>
    public static async Task<ImportWorld> WithCatalogAsync(ApiServer api)
    {
        var tenant = await api.NewTenantAsync();
        var plsr = (await tenant.Everything().ReadAsync("/v1/instruments/plsr/versions/1.0"))["document"]!.AsObject();
        return await PlantAsync(new ImportWorld(tenant, plsr));
    }

    public string Csv(IEnumerable<Rating> ratings, string round = "2026-fall") => ratings.Aggregate(
        new StringBuilder(Header).Append('\n'),
        (text, r) => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{r.School},{_instrument},{round},{r.Participant},{r.Item},{r.Level}\n")).ToString();

    /// <summary>Every rating that is stored, spelled out with what the test itself knows of the instrument.</summary>
    public Task<List<Rating>> StoredAsync() => Tenant.StoredAsync(async db =>
    {
        var schools = await db.OrganizationIdentifiers.ToDictionaryAsync(i => i.OrganizationId, i => i.Value);
        var assessments = await db.Assessments.ToDictionaryAsync(a => a.Id, a => schools[a.OrganizationId]);
        return (await db.Responses.AsNoTracking().ToListAsync())
            .SelectMany(r => r.Levels.Select((level, i) => (Level: level, Item: Items[i])).Where(cell => cell.Level is not null)
                .Select(cell => new Rating(assessments[r.AssessmentId], r.ParticipantKey, cell.Item, Levels[cell.Level!.Value])))
            .ToList();
    });

    /// <summary>Fails unless exactly these ratings are stored, each once.</summary>
    public async Task AssertStoredAsync(IEnumerable<Rating> expected)
    {
        var (wanted, stored) = (expected.Select(r => r.ToString()).ToHashSet(), (await StoredAsync()).ConvertAll(r => r.ToString()));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Findings.None(wanted.Except(stored).Select(r => "not stored: " + r).Concat(stored.Except(wanted).Select(r => "not in the file: " + r)).Take(20));
    }

    /// <summary>Version and time of the last change of every response and assessment.</summary>
    public Task<List<string>> VersionsAsync() => Tenant.StoredAsync(async db =>
        (await db.Responses.AsNoTracking().ToListAsync()).Select(r => $"{r.Id} {r.Version} {r.UpdatedAt:O}")
        .Concat((await db.Assessments.AsNoTracking().ToListAsync()).Select(a => $"{a.Id} {a.Version} {a.UpdatedAt:O}")).Order(StringComparer.Ordinal).ToList());

    private static async Task<ImportWorld> PlantAsync(ImportWorld world)
    {
        await world.AddAsync("district", District, null);
        await world.AddAsync("school", Cedar, District);
        await world.AddAsync("school", Birch, District);
        return world;
    }

    public async Task AddAsync(string kind, string nces, string? parent)
    {
        var body = new { kind, name = $"School {nces}", parent = parent is null ? null : new { system = "nces", value = parent } };
        var made = await (await Client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/by-id/nces/{nces}", body)).ExpectAsync(HttpStatusCode.Created);
        Organizations[nces] = made.Id();
    }
}
