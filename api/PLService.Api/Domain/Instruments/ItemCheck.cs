namespace PLService.Api.Domain.Instruments;

/// <summary>The part of <see cref="InstrumentCheck"/> that looks at sections and items.</summary>
internal static class ItemCheck
{
    private static readonly string[] AssociationTypes =
    [
        "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar", "hasSkillLevel",
        "isTranslationOf",
    ];

    public static void CheckSections(FaultList faults, InstrumentDocument document)
    {
        faults.CheckCount("/sections", "sections", document.Sections.Count, 1, InstrumentLimits.Sections);
        faults.CheckUnique("/sections", "/code", document.Sections.Select(section => section.Code));
        var items = document.Sections.Sum(section => section.Items.Count);
        if (items > InstrumentLimits.Items)
            faults.Add("/sections", FaultCodes.TooMany, $"{items} items in all; at most {InstrumentLimits.Items} allowed.");

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var counts = 0;
        foreach (var (i, section) in document.Sections.Index())
        {
            var at = $"/sections/{i}";
            faults.CheckCode($"{at}/code", section.Code);
            faults.CheckText($"{at}/title", section.Title);
            faults.CheckText($"{at}/description", section.Description);
            faults.CheckText($"{at}/prompt", section.Prompt);
            if (section.Group is { } group)
                faults.CheckCode($"{at}/group", group);

            faults.CheckCount($"{at}/items", "items", section.Items.Count, 1, InstrumentLimits.Items);
            foreach (var (j, item) in section.Items.Index())
            {
                if (!seen.Add(item.Code))
                {
                    faults.Add($"{at}/items/{j}/code", FaultCodes.Duplicate,
                        $"Another item has the code \"{FaultList.Shown(item.Code)}\"; item codes are unique, in any case of letters.");
                }

                counts += CheckItem(faults, $"{at}/items/{j}", document, item);
            }
        }

        if (counts > InstrumentLimits.Counts)
        {
            faults.Add("/sections", FaultCodes.TooMany,
                $"{counts} levels over all items and axes; at most {InstrumentLimits.Counts} allowed.");
        }
    }

    /// <returns>Levels over the axes of the item.</returns>
    private static int CheckItem(FaultList faults, string at, InstrumentDocument document, Item item)
    {
        faults.CheckCode($"{at}/code", item.Code);
        faults.CheckText($"{at}/text", item.Text);
        faults.CheckText($"{at}/guidance", item.Guidance);
        if (item.Role is { } role)
            faults.CheckCode($"{at}/role", role);

        if (item.Axes is { } axes)
        {
            faults.CheckCount($"{at}/axes", "axes", axes.Count, 1, InstrumentLimits.Axes);
            faults.CheckUnique($"{at}/axes", "", axes);
            foreach (var (i, code) in axes.Index().Where(axis => document.Axes.All(known => known.Code != axis.Item)))
                faults.Add($"{at}/axes/{i}", FaultCodes.Unknown, UnknownAxis(code, document.Axes));
        }

        var used = document.Axes.Where(axis => item.Axes?.Contains(axis.Code) ?? true).ToList();
        CheckAxisKeys(faults, $"{at}/scales", item.Scales?.Keys, used);
        CheckAxisKeys(faults, $"{at}/descriptors", item.Descriptors?.Keys, used);
        CheckAxisKeys(faults, $"{at}/emptyLevels", item.EmptyLevels?.Keys, used);
        CheckAlignments(faults, $"{at}/alignments", item.Alignments ?? []);

        foreach (var (axis, code) in item.Scales ?? new Dictionary<string, string>())
        {
            if (document.Scales.All(scale => scale.Code != code))
            {
                faults.Add($"{at}/scales/{FaultList.Escaped(axis)}", FaultCodes.Unknown,
                    InstrumentCheck.NoScale(code, document.Scales));
            }
        }

        return used.Sum(axis => CheckElement(faults, at, document, item, axis));
    }

    private static int CheckElement(FaultList faults, string at, InstrumentDocument document, Item item, Axis axis)
    {
        var code = item.Scales?.GetValueOrDefault(axis.Code) ?? axis.Scale;
        if (document.Scales.FirstOrDefault(scale => scale.Code == code) is not { } scale)
            return 0;

        var key = FaultList.Escaped(axis.Code);
        var empty = item.EmptyLevels?.GetValueOrDefault(axis.Code) ?? [];
        faults.CheckUnique($"{at}/emptyLevels/{key}", "", empty);
        foreach (var (i, level) in empty.Index().Where(level => scale.Levels.All(known => known.Code != level.Item)))
            faults.Add($"{at}/emptyLevels/{key}/{i}", FaultCodes.Unknown, UnknownLevel(level, scale));

        var left = scale.Levels.Where(level => !empty.Contains(level.Code) && level.Score is not null).DistinctBy(level => level.Score);
        if (empty.Count > 0 && left.Count() < 2)
        {
            faults.Add($"{at}/emptyLevels/{key}", FaultCodes.TooFew,
                "Fewer than two levels with different scores are left to choose from; leave at least two.");
        }

        foreach (var (level, text) in item.Descriptors?.GetValueOrDefault(axis.Code) ?? new Dictionary<string, Text>())
        {
            var place = $"{at}/descriptors/{key}/{FaultList.Escaped(level)}";
            faults.CheckText(place, text);
            if (scale.Levels.All(known => known.Code != level))
                faults.Add(place, FaultCodes.Unknown, UnknownLevel(level, scale));
            else if (empty.Contains(level))
            {
                faults.Add(place, FaultCodes.Inconsistent,
                    $"Describes the level {level}, which emptyLevels says this item does not offer.");
            }
        }

        return scale.Levels.Count;
    }

    private static void CheckAxisKeys(FaultList faults, string at, IEnumerable<string>? keys, List<Axis> used)
    {
        foreach (var key in (keys ?? []).Where(key => used.All(axis => axis.Code != key)))
            faults.Add($"{at}/{FaultList.Escaped(key)}", FaultCodes.Unknown, UnknownAxis(key, used));
    }

    private static void CheckAlignments(FaultList faults, string at, IReadOnlyList<Alignment> alignments)
    {
        faults.CheckCount(at, "alignments", alignments.Count, 0, InstrumentLimits.AlignmentsPerItem);
        foreach (var (i, alignment) in alignments.Index())
        {
            faults.CheckCode($"{at}/{i}/framework", alignment.Framework);
            faults.CheckCode($"{at}/{i}/code", alignment.Code);
            var type = alignment.Type;
            if (!AssociationTypes.Contains(type) && !(type.StartsWith("ext:", StringComparison.Ordinal) && type.Length is > 4 and <= 44))
            {
                faults.Add($"{at}/{i}/type", FaultCodes.Unknown,
                    $"\"{FaultList.Shown(type)}\" is not a CASE association type: "
                    + $"{string.Join(", ", AssociationTypes)} or ext: and a name.");
            }

            if (alignments.Take(i).Contains(alignment))
                faults.Add($"{at}/{i}", FaultCodes.Duplicate, "The same alignment stands twice.");
        }
    }

    private static string UnknownAxis(string code, IEnumerable<Axis> axes) =>
        $"This item has no axis \"{FaultList.Shown(code)}\"; axes: {InstrumentCheck.Listed(axes.Select(axis => axis.Code))}.";

    private static string UnknownLevel(string code, Scale scale) =>
        $"The scale {scale.Code} has no level \"{FaultList.Shown(code)}\"; "
        + $"levels: {InstrumentCheck.Listed(scale.Levels.Select(level => level.Code))}.";
}
