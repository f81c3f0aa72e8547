using PLService.Api.Persistence.Assessments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Results;

/// <summary>Looks at a frozen result through a framework.</summary>
internal sealed class ResultLens(InstrumentVersions versions, LensReader lenses)
{
    /// <summary>The result as the lens shows it; null when there is no such framework.</summary>
    public async Task<LensResult?> LookAsync(AssessmentState assessment, ResultDocument result, string framework, CancellationToken ct)
    {
        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        var lens = await lenses.FindAsync(framework, $"{version.Id}", version.Layout.Elements.Select(element => element.Item).Distinct(), ct);
        return lens is null ? null : LensResult.Of(result, LensView.Of(lens, version.Layout.Elements));
    }
}
