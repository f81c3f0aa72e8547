namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// Brings changes of single fields into a worksheet that others may have changed since. Fields that others left alone are taken; a field that
/// somebody else changed to something else in the meantime clashes, and then nothing is taken.
/// </summary>
internal static class WorksheetMerge
{
    /// <param name="current">The fields as they are now.</param>
    /// <param name="wanted">Field to text; null or empty empties it.</param>
    /// <param name="baseVersion">The worksheet's version that the changes were made on; null overwrites whatever there is.</param>
    /// <returns>The fields that really change, and those that clash.</returns>
    public static (IReadOnlyList<(string Field, string? Text)> Changed, IReadOnlyList<string> Clashes) Merge(
        IReadOnlyDictionary<string, WorksheetValue> current, IReadOnlyDictionary<string, string?> wanted, long? baseVersion)
    {
        var changed = new List<(string, string?)>();
        var clashes = new List<string>();
        foreach (var (field, given) in wanted)
        {
            var text = string.IsNullOrEmpty(given) ? null : given;
            var value = current.GetValueOrDefault(field);
            // Who writes the same as another, or repeats what got through before, has nothing to decide.
            if (text == value?.Text)
                continue;
            if (baseVersion is { } seen && value?.Version > seen)
                clashes.Add(field);
            else
                changed.Add((field, text));
        }

        return (changed, clashes);
    }
}
