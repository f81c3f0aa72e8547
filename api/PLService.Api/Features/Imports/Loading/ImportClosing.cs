using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Closes the assessments of a file after its rows are in, when the sender asked for it: results are frozen in the same transaction.</summary>
internal sealed class ImportClosing(AssessmentCloser closer)
{
    public async Task CloseAsync(ScopeResolver scopes, ImportLoad load, CancellationToken ct)
    {
        if (!load.Options.CloseAssessments)
            return;
        load.Report("closing assessments", load.Size);
        var ids = scopes.Targets.Select(target => target.Id).ToList();
        if (await closer.CloseAsync(ids, ct) is { } refused)
        {
            load.Issues.Add(new(ImportSeverity.Error, refused.Code, refused.Message, 0, 0));
            load.IsUnreadable = true;
            return;
        }

        load.Receipt.Assessments = load.Receipt.Assessments with { Closed = ids.Count };
    }
}
