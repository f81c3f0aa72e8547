using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Participants;

/// <summary>
/// How many were invited, have started and have handed in: in every mode, for it names nobody. By role too, small roles withheld. Of an anonymous
/// assessment it is not known who of the invited has handed in; there the rate is of those who have started.
/// </summary>
internal static class GetResponseRate
{
    /// <param name="Invited">People on the roster.</param>
    /// <param name="Started">Responses that were started, by whomever.</param>
    /// <param name="Submitted">Of these, handed in. Closing hands in all that were rated, unless the mode is named.</param>
    /// <param name="InvitedStarted">People of the roster who have started.</param>
    /// <param name="InvitedSubmitted">Of these, those who have handed in; null in an anonymous assessment.</param>
    /// <param name="Rate">Share of the roster who have handed in, in an anonymous assessment who have started: 0 to 1; null without a roster.</param>
    /// <param name="Roles">By role, the largest first.</param>
    /// <param name="RolesWithheld">True when there are roles that are too small to be shown.</param>
    internal sealed record Response(
        int Invited, int Started, int Submitted, int InvitedStarted, int? InvitedSubmitted, double? Rate, IReadOnlyList<RoleCount> Roles, bool RolesWithheld);

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapGet("/participation", Handle)
            .UseCase(nameof(GetResponseRate), "Read the response rate")
            .RequireScope(Scopes.AssessmentsRead)
            .Example(response: new Response(40, 25, 21, 24, 20, 0.5, [new("teacher", 19, 17)], true));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, AssessmentGate gate, PLServiceDbContext db, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");

        var roles = await db.Responses.Where(r => r.AssessmentId == id).GroupBy(r => r.Role)
            .Select(g => new RoleCount(g.Key, g.Count(), g.Count(r => r.Status == ResponseStatus.Submitted))).ToListAsync(ct);
        var roster = await db.Participations.Where(p => p.AssessmentId == id && p.InvitedOn != null).GroupBy(p => p.Status)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var minimum = await db.Tenants.Select(tenant => tenant.MinimumGroupSize).SingleAsync(ct);

        var invited = roster.Values.Sum();
        var started = invited - roster.GetValueOrDefault(ParticipationStatus.Invited);
        int? submitted = assessment.Mode is AssessmentMode.Anonymous ? null : roster.GetValueOrDefault(ParticipationStatus.Submitted);
        var shown = ResponseRate.Shown(roles, minimum);
        return TypedResults.Ok(new Response(
            invited, roles.Sum(role => role.Started), roles.Sum(role => role.Submitted), started, submitted,
            invited == 0 ? null : Math.Round((double)(submitted ?? started) / invited, 6), shown, shown.Count < roles.Count(role => role.Role is not null)));
    }
}
