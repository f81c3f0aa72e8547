namespace PLService.Api.Persistence.Frameworks;

/// <summary>In which order standards stand beside each other.</summary>
internal static class SiblingOrder
{
    /// <summary>
    /// Sort keys: the sequence number of the link, then the number or letter in a list, numbers as numbers, then the place in the package.
    /// </summary>
    /// <param name="sequence">SQL of the sequence number.</param>
    /// <param name="standard">Alias of the standard.</param>
    public static string By(string sequence, string standard) =>
        $"""
         {sequence} nulls last,
         case when ({standard}.body ->> 'listEnumeration') ~ '^[0-9]+([.][0-9]+)?$' then ({standard}.body ->> 'listEnumeration')::numeric end nulls last,
         ({standard}.body ->> 'listEnumeration') collate "C" nulls last, {standard}.position, {standard}.id
         """;
}
