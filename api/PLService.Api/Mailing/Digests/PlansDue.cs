using PLService.Api.Access;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Mailing.Digests;

/// <summary>Steps of active plans that people or their teams see to, and check-ins and cycles of the plans that they lead: overdue, or due within two weeks.</summary>
internal sealed class PlansDue(DueReader reader, AccessOptions access) : IDueItems
{
    // A weekly digest tells of it twice before it is due.
    private const int Ahead = 14;

    public async Task<DueAnswer> ReadAsync(DueQuestion question, CancellationToken ct)
    {
        if (question.Today.Count == 0)
            return new([], new Dictionary<Guid, int>());
        var last = question.Today.Values.Max().AddDays(Ahead);
        var rows = await reader.FirstsAsync(new(DateOnly.MinValue, last.AddDays(1)) { People = question.Today, Leading = Roles.Leading(Scopes.PlansWrite), Take = question.AtMost }, ct);
        return new(
            rows.ConvertAll(row => new DueItem(row.PersonId!.Value, new(
                row.Title, row.Organization, row.DueOn, access.WebLink($"plans/{row.PlanId}"),
                Plan: new(row.Kind, row.Plan, row.Mark, row.DueOn.DayNumber - question.Today[row.PersonId.Value].DayNumber)))),
            rows.Where(row => row.Total > question.AtMost).DistinctBy(row => row.PersonId).ToDictionary(row => row.PersonId!.Value, row => row.Total - question.AtMost));
    }
}
