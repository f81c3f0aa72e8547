namespace PLService.Api.Features.Participants;

internal static class ParticipantsFeature
{
    public static void AddParticipants(this IServiceCollection services)
    {
        services.AddScoped<JoinDesk>();
        services.AddScoped<StartDesk>();
        services.AddSingleton<JoinCodes>();
    }

    /// <summary>Who takes part and how one joins, in one place: what is not listed here is not served.</summary>
    public static void MapParticipants(this RouteGroupBuilder v1)
    {
        var assessment = v1.MapGroup("/assessments/{id:guid}").WithTags("Participants");
        OpenJoining.Map(assessment);
        GetJoinCode.Map(assessment);
        StopJoining.Map(assessment);
        StartParticipation.Map(assessment);
        GetResponseRate.Map(assessment);
        InviteParticipants.Map(assessment);
        ListParticipants.Map(assessment);
        RemoveParticipant.Map(assessment);
        RemindParticipants.Map(assessment);
        ListReminders.Map(assessment);

        var join = v1.MapGroup("/join").WithTags("Joining");
        FindByJoinCode.Map(join);
        JoinAssessment.Map(join);
    }
}
