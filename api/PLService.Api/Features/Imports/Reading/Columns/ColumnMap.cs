namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>The columns of one file by what they tell. CSV fills it from the header, NDJSON as new names turn up.</summary>
internal sealed class ColumnMap
{
    private readonly ImportReadOptions _options;
    private readonly KnownColumn[] _known;
    private readonly HashSet<string> _ignored;
    private readonly int[] _byField = new int[Enum.GetValues<Field>().Length];
    private readonly List<Column> _all = [];

    public ColumnMap(ImportReadOptions options)
    {
        _options = options;
        _known = KnownColumns.Of(options.Kind);
        _ignored = [.. options.IgnoredColumns.Concat(KnownColumns.OfErrorFile).Select(KnownColumns.Squeeze)];
        Array.Fill(_byField, -1);
    }

    public IReadOnlyList<Column> All => _all;

    /// <summary>The columns that together name the assessment, in the order in which they were found.</summary>
    public List<Column> Scope { get; } = [];

    /// <summary>One per item and axis, or per level in a tally.</summary>
    public List<Column> Cells { get; } = [];

    public List<Column> Comments { get; } = [];

    /// <summary>Whether our own error file came back, in which a leading apostrophe guards cells against being run as formulas.</summary>
    public bool IsErrorFile { get; private set; }

    /// <summary>Whether a leading apostrophe guards cells: in our error files, and in tables that are exported to be sent back.</summary>
    public bool IsGuarded => IsErrorFile || _options is { Kind: ImportKind.Plans, Format: ImportFormat.Csv };

    /// <summary>The place of the column that tells this, or -1.</summary>
    public int this[Field field] => _byField[(int)field];

    /// <summary>The name of the column that tells this, as the file writes it, else as the documentation does.</summary>
    public string NameOf(Field field) => this[field] is >= 0 and var index ? _all[index].Header
        : _known.FirstOrDefault(known => known.Field == field)?.Name ?? field.ToString();

    /// <summary>Whether the name means something here.</summary>
    public bool Understands(string header) => Classify(0, header.Trim()) is not null;

    /// <summary>Takes the next column in.</summary>
    /// <returns>What is wrong with it: a code and a detail; null when it was taken.</returns>
    public (string Code, string Detail)? Add(string header)
    {
        var name = header.Trim();
        var column = Classify(_all.Count, name);
        if (column is null)
        {
            _all.Add(new(_all.Count, ImportIssue.Cut(name), Field.Ignored));
            return (ImportCodes.UnknownColumn, UnknownDetail(name));
        }

        _all.Add(column);
        if (column.Field is Field.Ignored)
        {
            IsErrorFile |= KnownColumns.Squeeze(name) is "errorcode";
            return null;
        }

        return Take(column);
    }

    /// <summary>The place of an earlier column that tells exactly what this one does, or -1.</summary>
    public int Twin(Column column) => _all.FindIndex(c =>
        c.Index < column.Index && c.Field == column.Field && c.Field is not Field.Ignored && c.IdSystem == column.IdSystem
            && Same(c.Code, column.Code) && Same(c.Axis, column.Axis));

    /// <summary>Takes the name of an inner object in, which is no column and may hold no plain value.</summary>
    public (string Code, string Detail)? AddObject(string name)
    {
        _all.Add(new(_all.Count, name, Field.Ignored));
        return (ImportCodes.BadJson, $"The value of \"{name}\" must be an object, such as {{\"VIS.1\":\"green\"}}.");
    }

    /// <summary>Takes a name in that stands under <c>ratings</c>, <c>comments</c> or <c>counts</c> and so can only be a code.</summary>
    public (string Code, string Detail)? AddCode(Field field, string name)
    {
        var (code, axis) = name.IndexOf(':') is > 0 and var colon && field is not Field.LevelCount ? (name[..colon], name[(colon + 1)..])
            : (name, null);
        var known = field is Field.LevelCount ? _options.KnownLevels : _options.KnownItems?.Select(item => item.Code).ToList();
        var header = ImportIssue.Cut(name);
        if (code.Length == 0 || code.Length > ImportLimits.KeyCharacters
            || !(known?.Contains(code, StringComparer.OrdinalIgnoreCase) ?? true))
        {
            _all.Add(new(_all.Count, header, Field.Ignored));
            return (ImportCodes.UnknownColumn, $"The instrument has no {(field is Field.LevelCount ? "level" : "item")} \"{header}\".");
        }

        _all.Add(new(_all.Count, header, field, code, axis));
        return Take(_all[^1]);
    }

    private (string Code, string Detail)? Take(Column column)
    {
        var several = column.Field is Field.ItemRating or Field.LevelCount ? Cells : column.Field is Field.ItemComment ? Comments : null;
        var earlier = several is null
            ? this[column.Field] is >= 0 and var index ? _all[index] : null
            : several.FirstOrDefault(c => Same(c.Code, column.Code) && Same(c.Axis, column.Axis));
        if (earlier is not null)
        {
            var (before, now) = (FormRank(earlier), FormRank(column));
            if (before == 0 && now == 0)
            {
                return (
                    ImportCodes.DuplicateColumn,
                    $"Columns \"{earlier.Header}\" and \"{column.Header}\" tell the same. Keep one of them.");
            }

            if (before == 0 || (now > 0 && before <= now))
            {
                _all[column.Index] = column with { Field = Field.Ignored };
                return null;
            }

            _all[earlier.Index] = earlier with { Field = Field.Ignored };
        }

        several?.Add(column);
        if (column.IsScope)
            Scope.Add(column);
        _byField[(int)column.Field] = column.Index;
        return null;
    }

    // 0 for a name of ours, else the place among a form tool's names for the same thing.
    private int FormRank(Column column) => _known.FirstOrDefault(k => k.Field == column.Field) is { } known
        ? Array.FindIndex(known.FormNames, n => KnownColumns.Squeeze(n) == KnownColumns.Squeeze(column.Header)) + 1 : 0;

    private Column? Classify(int index, string name)
    {
        var header = ImportIssue.Cut(name);
        var squeezed = KnownColumns.Squeeze(name);
        if (_ignored.Contains(squeezed) && squeezed.Length > 0)
            return new(index, header, Field.Ignored);
        foreach (var known in _known)
        {
            var names = known.Synonyms.Append(known.Name).Concat(_options.Kind is ImportKind.ReadinessWide ? known.FormNames : []);
            if (names.Any(n => KnownColumns.Squeeze(n) == squeezed))
                return new(index, header, known.Field);
        }

        if (IdHeader.TryParse(header, _options.Kind) is var (field, system) && (_options.KnownIdSystems?.Contains(system) ?? true))
            return new(index, header, field, IdSystem: system);
        if (_options.Kind is ImportKind.ReadinessWide)
        {
            if (KnownColumns.FormMetadata.Contains(squeezed))
                return new(index, header, Field.Ignored);
            // "A.1.comment" is no slip of the pen for "comment".
            if (ItemHeader.TryParse(name, _options.KnownItems) is { } item && (item.IsComment || !LooksMistyped(squeezed)))
                return new(index, header, item.IsComment ? Field.ItemComment : Field.ItemRating, item.Code, item.Axis);
        }

        return _options.Kind is ImportKind.Tallies && IsLevel(name, squeezed) ? new(index, header, Field.LevelCount, name) : null;
    }

    private bool IsLevel(string name, string squeezed) => _options.KnownLevels is { } levels
        ? levels.Contains(name, StringComparer.OrdinalIgnoreCase)
        : squeezed.Length is > 0 and <= 40 && name.Length <= 40 && !LooksMistyped(squeezed);

    // Where any code may stand, a name one or two letters off a known one is more likely a slip of the pen than a code.
    private bool LooksMistyped(string squeezed) =>
        squeezed.Length >= 5 && squeezed.Length <= 40
        && _known.Any(k => KnownColumns.Distance(squeezed, KnownColumns.Squeeze(k.Name)) <= 2);

    private string UnknownDetail(string name)
    {
        var accepted = _known.Select(k => k.Name).ToList();
        accepted.AddRange(_options.Kind is ImportKind.Organizations
            ? ["organization_<system>_id", "parent_<system>_id"]
            : _options.Kind is ImportKind.People or ImportKind.Memberships ? ["person_<system>_id", "organization_<system>_id"]
            : _options.Kind is ImportKind.Plans ? ["organization_<system>_id"]
            : ["district_<system>_id", "school_<system>_id"]);
        if (_options.Kind is ImportKind.ReadinessWide)
            accepted.AddRange(["<item code>", "<item code>:<axis>", "<item code>.comment"]);
        if (_options.Kind is ImportKind.Tallies)
            accepted.Add("<level code>");
        var nearest = KnownColumns.Nearest(name, accepted.Where(a => !a.Contains('<')).Append("district_nces_id").Append("school_nces_id"));
        return (name.Length == 0 ? $"Column {_all.Count} has no name." : $"Column \"{ImportIssue.Cut(name)}\" is not known.")
            + (nearest is null ? "" : $" Did you mean \"{nearest}\"?")
            + " Rename it, remove it, or name it in ignoreColumns. Accepted: " + string.Join(", ", accepted) + ".";
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
