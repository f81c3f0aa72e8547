using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>What the sections of an instrument are that is made of a rubric.</summary>
public enum RubricSections
{
    /// <summary>One per standard, with the outcomes of all roles.</summary>
    Standard,

    /// <summary>One per role, with its outcomes for all standards.</summary>
    Role,
}

/// <summary>A standard that a criterion belongs to.</summary>
/// <param name="Id">Its CASE identifier.</param>
/// <param name="Framework">Code of its framework.</param>
/// <param name="Code">Its code; null when it has none.</param>
/// <param name="Cited">What alignments name it by: its code, or its identifier where the code is none or not its alone.</param>
/// <param name="Name">What it is called, for people.</param>
/// <param name="Statement">Its whole text.</param>
internal sealed record RubricAnchor(Guid Id, string Framework, string? Code, string Cited, string Name, string Statement);

/// <summary>Makes an instrument of a rubric: an item per criterion, rated on its own levels.</summary>
internal sealed class RubricInstrument
{
    /// <summary>The one axis.</summary>
    public const string Axis = "status";

    private readonly RubricDocument _rubric;
    private readonly IReadOnlyDictionary<Guid, RubricAnchor> _anchors;
    private readonly RubricScales _scales;
    private readonly Dictionary<string, string> _roles = [];

    private RubricInstrument(RubricDocument rubric, IReadOnlyDictionary<Guid, RubricAnchor> anchors)
    {
        (_rubric, _anchors, _scales) = (rubric, anchors, RubricScales.Of(rubric));
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in rubric.Roles ?? [])
            _roles.TryAdd(role, RubricCodes.Slug(role, "role", taken));
    }

    /// <param name="head">An instrument without scales, axes and sections.</param>
    /// <param name="rubric">The rubric as it is read: with all roles, and a code for each criterion.</param>
    /// <param name="sections">What makes a section.</param>
    /// <param name="anchors">The standards that are there, by identifier.</param>
    /// <returns>The document, for <see cref="InstrumentCheck"/> to judge.</returns>
    public static InstrumentDocument Of(InstrumentDocument head, RubricDocument rubric, RubricSections sections, IReadOnlyDictionary<Guid, RubricAnchor> anchors)
    {
        var made = new RubricInstrument(rubric, anchors);
        return head with
        {
            Scales = made._scales.Scales,
            Axes = [new Axis { Code = Axis, Title = Text.En("Where we stand"), Scale = made._scales.MostUsed }],
            Sections = sections is RubricSections.Role ? made.ByRole() : made.ByStandard(),
        };
    }

    private List<Section> ByStandard()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from criterion in _rubric.Criteria
               group criterion by criterion.Standard?.Id into standard
               let anchor = Anchor(standard.First())
               let name = anchor?.Name ?? standard.First().Standard?.Label
               select new Section
               {
                   Code = RubricCodes.Safe(anchor?.Code, standard.Key is null ? "OTHER" : "S", taken),
                   Title = Text.En(name ?? "Other outcomes"),
                   Description = anchor is null || anchor.Statement == anchor.Name || anchor.Statement.Length > InstrumentLimits.TextLength ? null : Text.En(anchor.Statement),
                   Items = [.. standard.Select(ItemOf)],
               },
        ];
    }

    private List<Section> ByRole()
    {
        var order = (_rubric.Roles ?? []).Index().ToDictionary(role => role.Item, role => role.Index);
        var taken = new HashSet<string>(_roles.Values, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from criterion in _rubric.Criteria
               group criterion by criterion.Role into role
               orderby role.Key is null ? int.MaxValue : order[role.Key]
               select new Section
               {
                   Code = role.Key is null ? RubricCodes.Safe(null, "OTHER", taken) : _roles[role.Key],
                   Title = Text.En(role.Key ?? "Everybody"),
                   Items = [.. role.Select(ItemOf)],
               },
        ];
    }

    private Item ItemOf(RubricCriterion criterion)
    {
        var rated = _scales.For(criterion);
        var anchor = Anchor(criterion);
        var wording = string.IsNullOrWhiteSpace(criterion.Outcome) ? anchor?.Name ?? criterion.Standard?.Label ?? criterion.Role ?? criterion.Code! : criterion.Outcome;
        return new Item
        {
            Code = criterion.Code!,
            Text = Text.En(wording),
            Role = criterion.Role is { } role ? _roles[role] : null,
            Scales = rated.Scale == _scales.MostUsed ? null : new Dictionary<string, string> { [Axis] = rated.Scale },
            Descriptors = rated.Descriptors.Count == 0 ? null : new Dictionary<string, IReadOnlyDictionary<string, Text>> { [Axis] = rated.Descriptors },
            EmptyLevels = rated.Empty.Count == 0 ? null : new Dictionary<string, IReadOnlyList<string>> { [Axis] = rated.Empty },
            Alignments = anchor is null ? null : [new Alignment { Framework = anchor.Framework, Code = anchor.Cited, Type = AssociationTypes.IsRelatedTo }],
        };
    }

    private RubricAnchor? Anchor(RubricCriterion criterion) => criterion.Standard?.Id is { } id ? _anchors.GetValueOrDefault(id) : null;
}
