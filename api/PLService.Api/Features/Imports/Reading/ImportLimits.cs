namespace PLService.Api.Features.Imports.Reading;

/// <summary>What a file may hold at most. The limits bound the memory of an import, whatever is sent.</summary>
internal static class ImportLimits
{
    /// <summary>Bytes of one record, line breaks inside quotes included.</summary>
    public const int RecordBytes = 1 << 20;

    /// <summary>Columns of a CSV file, or different names in an NDJSON file: 500 items on 4 axes with comments fit.</summary>
    public const int Columns = 4_096;

    /// <summary>Characters of a code, key or name.</summary>
    public const int KeyCharacters = 200;

    /// <summary>Characters of a comment.</summary>
    public const int CommentCharacters = 4_000;

    /// <summary>Characters of a text of a plan, with those that guard and escape it; how much each column takes is checked beside.</summary>
    public const int WordsCharacters = 40_000;

    /// <summary>Bytes after decompression.</summary>
    public const long PayloadBytes = 2L << 30;

    /// <summary>Bytes out per byte in, counted once more than <see cref="RatioGraceBytes"/> came out.</summary>
    public const int CompressionRatio = 100;

    /// <summary>Bytes that may come out before the ratio counts: a short file of equal rows compresses very well.</summary>
    public const int RatioGraceBytes = 1 << 20;

    /// <summary>Nesting of an NDJSON record: the record itself, and one object of ratings or comments within.</summary>
    public const int JsonDepth = 2;

    /// <summary>People in one paper group, and marks on one level.</summary>
    public const int Count = 1_000_000;

    /// <summary>Different assessments in one file: every school of the largest state fits several times.</summary>
    public const int Scopes = 200_000;

    /// <summary>Different item and axis pairs, or levels, in one file: far beyond any instrument.</summary>
    public const int Codes = 20_000;

    /// <summary>Different participant roles in one file.</summary>
    public const int Roles = 1_000;

    /// <summary>Different organizations in one file.</summary>
    public const int Organizations = 500_000;

    /// <summary>Different people in one file.</summary>
    public const int People = 200_000;

    /// <summary>Rows of roles in one file.</summary>
    public const int Memberships = 400_000;

    /// <summary>Rows of plans in one file: a thousand districts with a hundred steps each.</summary>
    public const int PlanRows = 100_000;
}
