using PLService.Api.Features.Responses.Own;

namespace PLService.Api.Features.Responses;

internal static class ResponsesFeature
{
    public static void AddResponses(this IServiceCollection services)
    {
        services.AddScoped<ResponseDesk>();
        services.AddScoped<RatingDesk>();
        services.AddScoped<OwnDesk>();
    }

    /// <summary>Every route about what participants answer, in one place: what is not listed here is not served.</summary>
    public static void MapResponses(this RouteGroupBuilder v1)
    {
        var responses = v1.MapGroup("/assessments/{id:guid}/responses").WithTags("Responses");
        CreateResponse.Map(responses);
        ListResponses.Map(responses);
        GetResponseCounts.Map(responses);
        GetResponse.Map(responses);
        ChangeResponse.Map(responses);
        DeleteResponse.Map(responses);
        SubmitResponse.Map(responses);
        WithdrawResponse.Map(responses);
        GetRating.Map(responses);
        PutRating.Map(responses);
        ClearRating.Map(responses);
    }

    /// <summary>Every route for participants about their own response.</summary>
    public static void MapOwnResponse(this RouteGroupBuilder v1)
    {
        var participation = v1.MapGroup("/participation").WithTags("Participation");
        GetParticipation.Map(participation);
        ChangeParticipation.Map(participation);
        PutParticipationRating.Map(participation);
        ClearParticipationRating.Map(participation);
        SubmitParticipation.Map(participation);
        WithdrawParticipation.Map(participation);
    }
}
