using PLService.Api.Features.Teams.Kinds;
using PLService.Api.Features.Teams.Meetings;
using PLService.Api.Features.Teams.Members;

namespace PLService.Api.Features.Teams;

internal static class TeamsFeature
{
    public static void AddTeams(this IServiceCollection services) => services
        .AddScoped<TeamDesk>().AddScoped<MemberDesk>().AddScoped<MeetingDesk>().AddScoped<MeetingReader>().AddScoped<Constituencies>();

    /// <summary>Every route about teams, in one place: what is not listed here is not served.</summary>
    public static void MapTeams(this RouteGroupBuilder v1)
    {
        var teams = v1.MapGroup("/teams").WithTags("Teams");
        CreateTeam.Map(teams);
        ListTeams.Map(teams);
        GetTeam.Map(teams);
        PatchTeam.Map(teams);
        DissolveTeam.Map(teams);
        ReopenTeam.Map(teams);
        DeleteTeam.Map(teams);

        var members = teams.MapGroup("/{id:guid}/members");
        AddTeamMember.Map(members);
        ListTeamMembers.Map(members);
        GetTeamMember.Map(members);
        PatchTeamMember.Map(members);
        EndTeamMember.Map(members);
        RemoveTeamMember.Map(members);

        var meetings = teams.MapGroup("/{id:guid}/meetings");
        CreateTeamMeeting.Map(meetings);
        ListTeamMeetings.Map(meetings);
        GetTeamMeeting.Map(meetings);
        PatchTeamMeeting.Map(meetings);
        DeleteTeamMeeting.Map(meetings);
        ListTeamDecisions.Map(v1.MapGroup("/team-decisions").WithTags("Teams"));

        var kinds = v1.MapGroup("/team-kinds").WithTags("Teams");
        ListTeamKinds.Map(kinds);
        GetTeamKindRules.Map(kinds);
        PutTeamKindRules.Map(kinds);

        var constituencies = v1.MapGroup("/team-constituencies").WithTags("Teams");
        ListTeamConstituencies.Map(constituencies);
        GetTeamConstituency.Map(constituencies);
        PutTeamConstituency.Map(constituencies);
        DeleteTeamConstituency.Map(constituencies);
    }
}
