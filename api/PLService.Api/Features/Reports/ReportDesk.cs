using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>What every report does first: read roll-ups, and refuse what is not there or not reached.</summary>
internal sealed class ReportDesk(RollupReader reader, LensReader lenses, Caller caller)
{
    /// <summary>Longer than the code of any instrument.</summary>
    public const int CodeMaxLength = 40;

    /// <summary>The roll-ups, or why there is no report.</summary>
    public async Task<(RollupAnswer Answer, JsonHttpResult<ApiProblem>? Refused)> AskAsync(RollupQuestion question, CancellationToken ct)
    {
        var answer = await reader.ReadAsync(question, ct);
        return (answer, Refusal(question, answer));
    }

    /// <summary>How the roll-ups are looked at, or why they cannot be.</summary>
    public async Task<(ReportView? View, JsonHttpResult<ApiProblem>? Refused)> ViewAsync(
        RollupAnswer answer, ReportGrouping by, string? framework, CancellationToken ct)
    {
        if (framework is null)
            return (new ReportView(by, null), null);

        var elements = answer.Instrument.Elements.Select(element => element.Element).ToList();
        var versions = string.Join(' ', answer.Rows.Versions.Select(version => version.Id));
        var lens = await lenses.FindAsync(framework, $"{answer.Question.Instrument} {versions}", elements.Select(element => element.Item).Distinct(), ct);
        return lens is null
            ? (null, Problems.NotFound("framework"))
            : (new ReportView(by, answer.WorkOut(lens, () => LensView.Of(lens, elements))), null);
    }

    private JsonHttpResult<ApiProblem>? Refusal(RollupQuestion question, RollupAnswer answer)
    {
        if (question.OrganizationId is null && caller.Roots is { Length: not 1 })
            return Problems.Invalid("?organizationId", "value.required", "You reach several organizations that are not below each other: say which one.");
        if (answer.Rows.Path.Count == 0 && question.OrganizationId is null && caller.ReachesAll)
            return Problems.Invalid("?organizationId", "value.required", "The tenant has not exactly one root: say which organization.");
        var isReached = answer.Rows.Path.Count > 0
            && (caller.Roots is not { } roots || answer.Rows.Path.Exists(o => roots.Contains(o.Id)));
        // Kin may lie outside of what is reached: of them, only a band is told.
        if (!isReached || (question.AmongId is { } among && !answer.Rows.Path.SkipLast(1).Any(o => o.Id == among)))
            return Problems.NotFound("organization");
        return answer.Rows.InstrumentExists ? null : Problems.NotFound("instrument");
    }
}
