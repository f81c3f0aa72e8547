using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>Takes your response back that was handed in, so that you can change it.</summary>
internal static class WithdrawParticipation
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapPost("/withdraw", Handle)
            .UseCase(nameof(WithdrawParticipation), "Take your response back")
            .RequireParticipant()
            .NotRepeatable()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.NotSubmitted)
            .Example(response: OwnResponse.Sample with { Version = 5 });

    private static async Task<Results<Ok<OwnResponse>, JsonHttpResult<ApiProblem>>> Handle(IfMatch ifMatch, OwnDesk desk, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(ifMatch, ct);
        if (work is null)
            return refused!;
        return work.Response.Withdraw() is { } conflict
            ? conflict.ToConflict()
            : TypedResults.Ok(await desk.SaveAsync(work, "response.withdrawn", ParticipationStatus.Started, ct));
    }
}
