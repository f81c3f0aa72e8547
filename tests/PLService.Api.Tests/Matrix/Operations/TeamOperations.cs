using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class TeamOperations
{
    public static void Map(OperationMap map)
    {
        map.Naming("CreateTeam", "team.unknown_organization", a => Task.FromResult(Post("/v1/teams", a.NewTeam())));
        map.List("ListTeams", async a =>
        {
            await a.NewTeamAsync();
            return Get($"/v1/teams?limit=500&count=true&withinOrganizationId={a.DistrictX}");
        });
        map.Resource("GetTeam", async a => Get(await a.NewTeamAsync()));
        map.Resource("PatchTeam", async a => Patch(await a.NewTeamAsync(), new { purpose = a.Text("Purpose") }, "*"));
        map.Resource("DissolveTeam", async a => Post($"{await a.NewTeamAsync()}/dissolve", new { }, "*"));
        map.Resource("ReopenTeam", async a =>
        {
            var team = await a.NewTeamAsync();
            await a.ChangeAsync(HttpMethod.Post, $"{team}/dissolve", team, new { });
            return Post($"{team}/reopen", ifMatch: "*");
        });
        map.Resource("DeleteTeam", async a => Delete(await a.NewTeamAsync(), "*"));
        MapMembers(map);
        MapMeetings(map);
        MapKinds(map);
    }

    private static void MapMembers(OperationMap map)
    {
        map.Resource("AddTeamMember", async a => Post($"{await a.NewTeamAsync()}/members", a.NewMember()));
        map.Resource("ListTeamMembers", async a => Get((await a.NewTeamMemberAsync())[..^37]));
        map.Resource("GetTeamMember", async a => Get(await a.NewTeamMemberAsync()));
        map.Resource("PatchTeamMember", async a => Patch(await a.NewTeamMemberAsync(), new { name = a.Text("Renamed") }, "*"));
        map.Resource("EndTeamMember", async a => Post($"{await a.NewTeamMemberAsync()}/end", new { }, "*"));
        map.Resource("RemoveTeamMember", async a => Delete(await a.NewTeamMemberAsync(), "*"));
    }

    private static void MapMeetings(OperationMap map)
    {
        map.Resource("CreateTeamMeeting", async a => Post($"{await a.NewTeamAsync()}/meetings", a.NewMeeting()));
        map.Resource("ListTeamMeetings", async a => Get((await a.NewTeamMeetingAsync())[..^37]));
        map.Resource("GetTeamMeeting", async a => Get(await a.NewTeamMeetingAsync()));
        map.Resource("PatchTeamMeeting", async a => Patch(await a.NewTeamMeetingAsync(), new { minutes = a.Text("Minutes") }, "*"));
        map.Resource("DeleteTeamMeeting", async a => Delete(await a.NewTeamMeetingAsync(), "*"));
        map.List("ListTeamDecisions", async a =>
        {
            await a.NewTeamMeetingAsync();
            return Get("/v1/team-decisions?limit=500&count=true");
        });
    }

    private static void MapKinds(OperationMap map)
    {
        map.OwnTenant("ListTeamKinds", _ => Task.FromResult(Get("/v1/team-kinds")));
        map.OwnTenant("GetTeamKindRules", _ => Task.FromResult(Get("/v1/team-kinds/pdec/rules")));
        // Whoever administers another tenant sets the rules there.
        map.WholeTenant("PutTeamKindRules", Expectation.Nothing,
            _ => Task.FromResult(Put("/v1/team-kinds/workingGroup/rules", new { rules = new[] { new { constituency = "teacher", minimum = Random.Shared.Next(1, 101) } } }, "*")));
        map.TenantList("ListTeamConstituencies", async a =>
        {
            await a.NewConstituencyAsync();
            return Get("/v1/team-constituencies");
        });
        map.TenantResource("GetTeamConstituency", async a => Get(await a.NewConstituencyAsync()));
        // A code of nobody's words: another tenant may take it as well, and keeps it.
        map.WholeTenant("PutTeamConstituency", Expectation.Nothing,
            a => Task.FromResult(Put($"/v1/team-constituencies/c{Guid.NewGuid():N}", new { name = a.TenantText("Constituency") })));
        map.WholeTenant("DeleteTeamConstituency", Expectation.NotFound, async a => Delete(await a.NewConstituencyAsync(), "*"));
    }
}
