using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Teams of district X, and what the tenant says of teams as a whole.</summary>
internal sealed partial class Side
{
    /// <summary>The path of a new team of district X.</summary>
    public async Task<string> NewTeamAsync() => $"/v1/teams/{Remember(await Everything.CreateAsync("/v1/teams", NewTeam())).Id()}";

    public object NewTeam() => new { organizationId = DistrictX, kind = "pdec", name = Text("Team"), purpose = Text("Purpose"), commitments = new[] { Text("Commitment") } };

    /// <summary>The path of a member of a new team.</summary>
    public async Task<string> NewTeamMemberAsync()
    {
        var path = $"{await NewTeamAsync()}/members";
        return $"{path}/{Remember(await Everything.CreateAsync(path, NewMember())).Id()}";
    }

    public object NewMember() => new { name = Text("Member"), role = Text("Role")[..60], constituencies = new[] { "parent" } };

    /// <summary>The path of a meeting of a new team that decided something.</summary>
    public async Task<string> NewTeamMeetingAsync()
    {
        var path = $"{await NewTeamAsync()}/meetings";
        return $"{path}/{Remember(await Everything.CreateAsync(path, NewMeeting())).Id()}";
    }

    public object NewMeeting() => new { day = "2026-10-05", from = "15:30", title = Text("Meeting"), minutes = Text("Minutes"), decisions = new[] { new { text = Text("Decision") } } };

    /// <summary>The path of a new constituency of the tenant.</summary>
    public async Task<string> NewConstituencyAsync()
    {
        var code = "c" + Unique();
        await Everything.SendJsonAsync(HttpMethod.Put, $"/v1/team-constituencies/{code}", new { name = TenantText("Constituency") });
        _made.Add(code);
        return $"/v1/team-constituencies/{code}";
    }
}
