using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>Your response: what is asked, what you have answered, and whether you have handed in. After the assessment has closed it can still be read.</summary>
internal static class GetParticipation
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapGet("/", Handle)
            .UseCase(nameof(GetParticipation), "Read what is asked and what you answered")
            .RequireParticipant()
            .Example(response: OwnResponse.Sample);

    private static async Task<Ok<OwnResponse>> Handle(OwnDesk desk, CancellationToken ct) => TypedResults.Ok(await desk.ReadAsync(ct));
}
