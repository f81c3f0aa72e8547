using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Instruments;

/// <summary>Alignments of a version: what refers to standards follows them, and those that mean no standard are told.</summary>
internal sealed class InstrumentAlignments(PLServiceDbContext db, StandardReferences references, StandardLineage lineage)
{
    /// <summary>Most warnings in one answer.</summary>
    private const int MostWarnings = 200;

    /// <summary>
    /// Replaces the references of a version by the alignments of its document. An alignment with a framework or standard that is not there is
    /// kept, because instruments often come before the frameworks that they name, and it is warned of.
    /// </summary>
    /// <returns>A warning per alignment that means no standard at present, 200 at most; null when there are none.</returns>
    public async Task<IReadOnlyList<ApiFault>?> FollowAsync(Guid versionId, InstrumentDocument document, CancellationToken ct)
    {
        await references.ReplaceAsync(InstrumentReferences.ResourceType, versionId, InstrumentReferences.Of(versionId, document), ct);
        var written = Written(document).ToList();
        if (written.Count == 0)
            return null;

        var meant = await lineage.TodayAsync([.. written.Select(one => (one.Alignment.Framework, one.Alignment.Code))], ct);
        var unknown = written.FindAll(one => !meant.ContainsKey((one.Alignment.Framework, one.Alignment.Code)));
        if (unknown.Count == 0)
            return null;

        var named = unknown.Select(one => one.Alignment.Framework).Distinct().ToList();
        var frameworks = await db.Frameworks.Where(framework => named.Contains(framework.Code)).Select(framework => framework.Code).ToListAsync(ct);
        return [.. unknown.Take(MostWarnings).Select(one => WarningOf(one.Pointer, one.Alignment, frameworks.Contains(one.Alignment.Framework)))];
    }

    /// <summary>Takes the references away with the version.</summary>
    public Task ForgetAsync(Guid versionId, CancellationToken ct) => references.ReplaceAsync(InstrumentReferences.ResourceType, versionId, [], ct);

    private static IEnumerable<(string Pointer, Alignment Alignment)> Written(InstrumentDocument document) =>
        from section in document.Sections.Index()
        from item in section.Item.Items.Index()
        from alignment in (item.Item.Alignments ?? []).Index()
        select ($"/sections/{section.Index}/items/{item.Index}/alignments/{alignment.Index}", alignment.Item);

    private static ApiFault WarningOf(string pointer, Alignment alignment, bool isFrameworkKnown) => isFrameworkKnown
        ? new(pointer + "/code", "alignment.unknown_standard",
            $"The framework {alignment.Framework} has no standard {alignment.Code}, under its present code or a former one; the alignment counts once it has.")
        : new(pointer + "/framework", "alignment.unknown_framework", $"There is no framework {alignment.Framework}; the alignment counts once there is.");
}
