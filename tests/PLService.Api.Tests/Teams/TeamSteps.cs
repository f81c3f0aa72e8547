using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Teams;

/// <summary>A committee of a district of this time zone, with nobody in it yet.</summary>
internal sealed record Committee(TestTenant Tenant, Guid District, Guid School, string Path)
{
    public HttpClient Everything { get; } = Tenant.Everything();

    public Guid Id => Guid.Parse(Path.Split('/')[^1]);
}

/// <summary>What tests about teams do, in one line each.</summary>
internal static class TeamSteps
{
    public const string Zone = "Pacific/Honolulu";

    public static async Task<Committee> NewCommitteeAsync(this ApiServer api, string kind = "pdec")
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley", timeZone = Zone })).Id();
        var school = (await everything.CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", parentId = district })).Id();
        return new(tenant, district, school, await everything.FoundAsync(district, "Cedar Valley PDEC", kind));
    }

    /// <summary>The path of a new team.</summary>
    public static async Task<string> FoundAsync(this HttpClient client, Guid organizationId, string name, string kind = "pdec", string? renewsOn = null) =>
        $"/v1/teams/{(await client.CreateAsync("/v1/teams", new { organizationId, name, kind, renewsOn })).Id()}";

    /// <summary>Adds somebody by name.</summary>
    public static Task<JsonObject> SeatAsync(this HttpClient client, string team, string name, string[] constituencies, string? startsOn = null, string? endsOn = null) =>
        client.CreateAsync($"{team}/members", new { name, constituencies, startsOn, endsOn });

    /// <summary>Adds a person.</summary>
    public static Task<JsonObject> SeatAsync(this HttpClient client, string team, Person person, string? startsOn = null, string? endsOn = null) =>
        client.CreateAsync($"{team}/members", new { personId = person.Id, role = "member", startsOn, endsOn });

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, string address, object body, string? ifMatch = "*") =>
        client.SendJsonAsync(HttpMethod.Patch, address, body, ifMatch);

    public static async Task<JsonObject> PatchedAsync(this HttpClient client, string address, object body, string? ifMatch = "*") =>
        await (await client.PatchAsync(address, body, ifMatch)).ExpectAsync(HttpStatusCode.OK);

    /// <summary>The rules that a team does not meet, as <c>teacher 0/1</c>.</summary>
    public static IEnumerable<string> Unmet(this JsonObject team) => team["unmet"]!.AsArray().Select(rule => $"{rule!["constituency"]} {rule["found"]}/{rule["minimum"]}");

    /// <summary>The day that it is in the committee's time zone, moved by this many days.</summary>
    public static string Day(int ahead) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(Zone)).DateTime).AddDays(ahead).ToString("O");
}
