namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>How large a package may be.</summary>
internal static class CaseLimits
{
    /// <summary>The longest file.</summary>
    public const int Bytes = 100 * 1024 * 1024;

    public const int Items = 100_000;
    public const int Associations = 300_000;

    /// <summary>Concepts, subjects, licences, item types and groupings together.</summary>
    public const int Definitions = 20_000;

    public const int Rubrics = 2_000;

    /// <summary>Deepest nesting of JSON.</summary>
    public const int Depth = 64;

    /// <summary>Longest one object, in bytes as it came.</summary>
    public const int ObjectBytes = 4 * 1024 * 1024;

    /// <summary>Longest <c>humanCodingScheme</c>, in characters: it is searched by.</summary>
    public const int Code = 500;

    /// <summary>Longest association type, in characters.</summary>
    public const int AssociationType = 100;

    /// <summary>How many kinds of warnings are told; each tells how often.</summary>
    public const int Warnings = 200;
}
