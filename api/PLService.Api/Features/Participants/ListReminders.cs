using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Participants;

/// <summary>Which reminders of an assessment went out when, the newest first, and to how many. In every mode, for it names nobody.</summary>
internal static class ListReminders
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
        }
    }

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapQuery("/reminders", Handle)
            .UseCase(nameof(ListReminders), "List the reminders that went out")
            .RequireScope(Scopes.AssessmentsRead)
            .Validate<Request>()
            .Example(response: new Page<ReminderResponse>([ReminderResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<ReminderResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, AssessmentGate gate, PLServiceDbContext db, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is null)
            return Problems.NotFound("assessment");

        var found = db.ReminderRounds.AsNoTracking().Where(round => round.AssessmentId == id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(round => round.Id < last);
        var page = await found.OrderByDescending(round => round.Id).Take(request.Take + 1).Select(ReminderResponse.From(db)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, round => [round.Id.ToString()], count));
    }
}
