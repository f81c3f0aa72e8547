using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Due;

/// <summary>
/// What is due of active plans, the most overdue first. Without filters what is due for you: steps that you or a team of yours see to, and of the plans of
/// the very organizations in which you have a leading role the next check-in and the cycles to review; a machine gets all that it reaches. With
/// <c>personId</c>, <c>teamId</c> or <c>organizationId</c> what is due for others, which those see who lead where the plans are; members see their team's.
/// </summary>
internal static class ListDue
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only what is due for this person.</summary>
        public Guid? PersonId { get; init; }

        /// <summary>Only steps that this team sees to.</summary>
        public Guid? TeamId { get; init; }

        /// <summary>Only of plans of this organization or of one below it.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only what is due before this day; unless given, what is overdue and what is due in the next 30 days.</summary>
        public DateOnly? Before { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
            RuleFor(request => request.Cursor).Must(cursor => !Cursor.TryDecode(cursor, out var keys) || DayOf(keys[0]) is not null)
                .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
            RuleFor(request => request.TeamId).Must((request, team) => team is null || request.PersonId is null)
                .WithErrorCode("value.inconsistent").WithMessage("Ask for a person or for a team.");
        }
    }

    public static void Map(RouteGroupBuilder due) =>
        due.MapQuery("/", Handle)
            .UseCase(nameof(ListDue), "List what is due")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .MayNotExist()
            .Refuses(DueErrors.LeadersOnly)
            .Example(response: new Page<DueResponse>([DueResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<DueResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, DueDesk desk, DueReader reader, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = request.Before ?? DateOnly.FromDateTime(now.UtcDateTime).AddDays(PlanTally.SoonDays + 1);
        var after = Cursor.TryDecode(request.Cursor, out var keys) ? (DayOf(keys[0])!.Value, Guid.Parse(keys[1])) : ((DateOnly, Guid)?)null;
        var (query, refused) = await desk.QueryAsync(request, new(DateOnly.MinValue, before) { Leading = Roles.Leading(Scopes.PlansWrite), After = after, Take = request.Take + 1 }, ct);
        if (query is null)
            return refused!;

        var count = request.Count is true ? await reader.CountAsync(query, ct) : (long?)null;
        var page = Page.Of(await reader.PageAsync(query, ct), request.Take, row => [row.DueOn.ToString("O", CultureInfo.InvariantCulture), $"{row.Id}"], count);
        return TypedResults.Ok(new Page<DueResponse>([.. page.Items.Select(row => DueResponse.Of(row, now))], page.NextCursor, page.Count));
    }

    private static DateOnly? DayOf(string key) => DateOnly.TryParseExact(key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
