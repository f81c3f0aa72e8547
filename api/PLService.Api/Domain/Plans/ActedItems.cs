namespace PLService.Api.Domain.Plans;

/// <summary>
/// What a plan acts on, as its tally keeps it: a line for each item, a line break before the first as well, of the code of the instrument, a blank and
/// the code of the item, in capitals.
/// </summary>
internal static class ActedItems
{
    /// <summary>What an item is among those lines.</summary>
    public static string LineOf(string instrument, string item) => $"\n{instrument} {item}\n".ToUpperInvariant();

    /// <param name="actsOn">What a plan acts on.</param>
    /// <param name="line">As <see cref="LineOf"/> makes it.</param>
    public static bool Name(string actsOn, string line) => actsOn.Contains(line, StringComparison.Ordinal);
}
