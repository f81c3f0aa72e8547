using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>
/// One tenant of the world: state > region > districts X and Y > a school each. Every text that it stores carries the tenant's canary, and
/// what belongs to district X also that of the district, so that a leak shows wherever it comes out.
/// </summary>
internal sealed partial class Side(ApiServer server, TestTenant tenant)
{
    private readonly HashSet<string> _made = [];
    private readonly Dictionary<CallerKind, Person> _people = [];

    public TestTenant Tenant => tenant;

    /// <summary>In every text of the tenant.</summary>
    public string Canary { get; } = "canary" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>In every text of district X, its schools aside.</summary>
    public string DistrictCanary { get; } = "canary" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>The service.</summary>
    public ApiServer Server => server;

    /// <summary>The other tenant, whose lead calls as well.</summary>
    public Side? Twin { get; set; }

    /// <summary>The lead of district X.</summary>
    public Person Lead => _people[CallerKind.LeadOfOwn];

    public HttpClient Everything { get; } = tenant.Everything();

    /// <summary>Somebody without an account with the response that was started last.</summary>
    public HttpClient Participant { get; private set; } = tenant.Everything();

    public Guid Region { get; private set; }

    public Guid DistrictX { get; private set; }

    public Guid DistrictY { get; private set; }

    /// <summary>A school of district X: the child.</summary>
    public Guid SchoolX { get; private set; }

    /// <summary>For which tokens of the tenant's identity provider are.</summary>
    public string Audience { get; } = $"https://{Guid.NewGuid():N}.example.org";

    /// <summary>Ids of what was made for the operation at hand; nobody who may not see it may see its id.</summary>
    public IReadOnlySet<string> Made => _made;

    /// <summary>A text of district X.</summary>
    public string Text(string what) => $"{what} {Canary} {DistrictCanary} {Guid.NewGuid():N}";

    /// <summary>A text of the tenant as a whole.</summary>
    public string TenantText(string what) => $"{what} {Canary} {Guid.NewGuid():N}";

    public async Task BuildAsync()
    {
        await Everything.SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = TenantText("Tenant"), minimumGroupSize = 5 }, "*");
        var state = await PlantAsync("state", TenantText("State"), null);
        Region = await PlantAsync("region", TenantText("Region"), state);
        DistrictX = await PlantAsync("district", Text("District X"), Region);
        DistrictY = await PlantAsync("district", TenantText("District Y"), Region);
        SchoolX = await PlantAsync("school", TenantText("School of X"), DistrictX);
        await PlantAsync("school", TenantText("School of Y"), DistrictY);
        await Everything.PublishAsync(NewInstrumentDocument(Pulse));
        await Everything.PublishToolkitAsync(NewToolkitDocument(BookStudy));
        await NewProviderAsync(Audience);
        foreach (var kind in Enum.GetValues<CallerKind>().Where(kind => kind.IsPerson() && kind is not CallerKind.LeadOfElsewhere))
            _people[kind] = await tenant.NewMemberAsync(server, AccountSteps.Password, kind.RoleOf() is { } role ? [(role, PlaceOf(kind.Standing()))] : []);
        await NewParticipantAsync();
    }

    /// <summary>The id of one of the people.</summary>
    public Guid PersonOf(CallerKind kind) => _people[kind].Id;

    private Guid? PlaceOf(CallerKind standing) => standing switch
    {
        CallerKind.Own => DistrictX,
        CallerKind.Parent => Region,
        CallerKind.Sibling => DistrictY,
        _ => null,
    };

    public void Forget() => _made.Clear();

    /// <summary>Remembers what was made for this operation.</summary>
    public JsonObject Remember(JsonObject made)
    {
        _made.Add((string)made["id"]!);
        return made;
    }

    public void Remember(Guid made) => _made.Add(made.ToString());

    /// <summary>A client as one of the callers.</summary>
    public HttpClient As(CallerKind kind, string? scope) => kind switch
    {
        CallerKind.MissingScope => tenant.Only([.. Scopes.All.Keys.Where(s => s != scope)]),
        CallerKind.Sibling => tenant.Within(DistrictY),
        CallerKind.Child => tenant.Within(SchoolX),
        CallerKind.Own => tenant.Within(DistrictX),
        CallerKind.Parent => tenant.Within(Region),
        CallerKind.WholeTenant => tenant.Everything(),
        CallerKind.Participant => Participant,
        _ when _people.TryGetValue(kind, out var person) => tenant.As(person),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a caller of this tenant."),
    };

    private async Task<Guid> PlantAsync(string kind, string name, Guid? parentId) =>
        (await Everything.CreateAsync("/v1/organizations", new { kind, name, parentId })).Id();
}
