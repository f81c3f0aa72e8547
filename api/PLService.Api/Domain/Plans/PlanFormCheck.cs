using System.Text.RegularExpressions;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>Whether a form makes sense: what passes can be filled from any plan.</summary>
internal static partial class PlanFormCheck
{
    private const int MaxDepth = 3;

    /// <summary>The faults in document order; none for a sound document.</summary>
    public static IReadOnlyList<Fault> Check(PlanFormDocument document)
    {
        var faults = new FaultList();
        faults.CheckNulls(document);
        if (faults.Faults.Count > 0)
            return faults.Faults;

        if (!Code().IsMatch(document.Code))
            faults.Add("/code", FaultCodes.Format, $"\"{FaultList.Shown(document.Code)}\" is not a form's code: 2 to 40 lower-case letters, digits or hyphens, a letter first.");
        faults.CheckText("/title", document.Title);
        faults.CheckText("/description", document.Description);
        faults.CheckCount("/sections", "sections", document.Sections.Count, 1, PlanFormDocument.MaxSections);
        CheckSections(faults, "/sections", document.Sections, outer: null, depth: 1);
        return faults.Faults;
    }

    private static void CheckSections(FaultList faults, string place, IReadOnlyList<PlanFormSection> sections, PlanPartKind? outer, int depth)
    {
        faults.CheckUnique(place, "/code", sections.Select(section => section.Code));
        foreach (var (i, section) in sections.Index())
            CheckSection(faults, $"{place}/{i}", section, outer, depth);
    }

    private static void CheckSection(FaultList faults, string place, PlanFormSection section, PlanPartKind? outer, int depth)
    {
        faults.CheckCode($"{place}/code", section.Code);
        faults.CheckText($"{place}/title", section.Title, 500);
        faults.CheckText($"{place}/help", section.Help);
        if (section.Minimum is < 0 or > PlanFormDocument.MaxMinimum)
            faults.Add($"{place}/minimum", FaultCodes.OutOfRange, $"{section.Minimum} entries; write 0 to {PlanFormDocument.MaxMinimum}.");
        if (depth > 1 && !CanBelong(section.Kind, outer))
            faults.Add($"{place}/kind", FaultCodes.Inconsistent, "Within an entry stand parts of a kind that can belong to it.");

        var known = PlanJson.MembersOf(section.Kind);
        foreach (var member in section.Only.Keys.Where(member => !known.Contains(member)))
            faults.Add($"{place}/only/{FaultList.Escaped(member)}", FaultCodes.Unknown, Unknown(member, known));
        faults.CheckCount($"{place}/fields", "fields", section.Fields.Count, 0, PlanFormDocument.MaxFields);
        faults.CheckUnique($"{place}/fields", "/field", section.Fields.Select(field => field.Field));
        foreach (var (i, field) in section.Fields.Index())
        {
            faults.CheckText($"{place}/fields/{i}/title", field.Title, 500);
            if (!known.Contains(field.Field) && field.Field != PlanFormFilling.ComputedOf(section.Kind))
                faults.Add($"{place}/fields/{i}/field", FaultCodes.Unknown, Unknown(field.Field, known));
        }

        faults.CheckCount($"{place}/within", "sections", section.Within.Count, 0, depth < MaxDepth && section.Kind is not null ? PlanFormDocument.MaxSections : 0);
        if (depth < MaxDepth)
            CheckSections(faults, $"{place}/within", section.Within, section.Kind, depth + 1);
    }

    private static bool CanBelong(PlanPartKind? kind, PlanPartKind? outer) =>
        kind is { } some && outer is not null && PlanKinds.ParentOf(some) is { } parent && (parent == outer || CanBelong(parent, outer));

    private static string Unknown(string member, IEnumerable<string> known) => $"\"{FaultList.Shown(member)}\" is no field here; there are {string.Join(", ", known)}.";

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Code();
}
