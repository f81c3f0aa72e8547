using System.Globalization;
using System.Text;

namespace PLService.Api.Commands.Demo;

/// <summary>The state, its service centers, districts and schools, with the ids that the nation and the state gave them.</summary>
internal static class StateChapter
{
    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        await stage.ImportAsync("organizations", "organizations", File(), ct);

        // A file says one id of each; the state's numbers of districts come in beside the nation's.
        var known = await stage.OrganizationsAsync(ct);
        foreach (var district in ExampleState.Districts.Where(district => !known.ContainsKey(("state", district.StateId))))
            await stage.SendAsync(HttpMethod.Post, $"/v1/organizations/{known[("nces", district.Nces)]}/identifiers", new { system = "state", value = district.StateId }, ct);
    }

    private static string File()
    {
        var file = new StringBuilder("organization_id_system,organization_id,name,kind,parent_id_system,parent_id,time_zone\n");
        file.Append(CultureInfo.InvariantCulture, $"state,{ExampleState.Code},{ExampleState.Name},state,,,{ExampleState.TimeZone}\n");
        foreach (var region in ExampleState.Regions)
            file.Append(CultureInfo.InvariantCulture, $"state,{region.Code},{region.Name},region,state,{ExampleState.Code},{region.TimeZone}\n");
        foreach (var district in ExampleState.Districts)
            file.Append(CultureInfo.InvariantCulture, $"nces,{district.Nces},{district.FullName},district,state,{district.Region.Code},{district.Region.TimeZone}\n");
        foreach (var (district, school) in ExampleState.Schools)
            file.Append(CultureInfo.InvariantCulture, $"nces,{school.Nces},{school.Name},school,nces,{district.Nces},{district.Region.TimeZone}\n");
        return file.ToString();
    }
}
