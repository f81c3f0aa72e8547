namespace PLService.Api.Domain.Toolkits;

/// <summary>How large a toolkit may be, and what a team makes of it.</summary>
internal static class ToolkitLimits
{
    public const int Tools = 50;
    public const int PartsPerTool = 50;

    /// <summary>Fields and questions of one tool, those for several standards counted once.</summary>
    public const int FieldsPerTool = 100;

    /// <summary>Fields and questions of all tools, each counted for every standard.</summary>
    public const int FieldsPerRun = 2_000;

    public const int CodesPerReading = 20;

    /// <summary>Characters of a code's sign.</summary>
    public const int SignLength = 8;

    /// <summary>Characters of a text to read, in one language.</summary>
    public const int TextLength = 20_000;

    /// <summary>Characters of a link.</summary>
    public const int LinkLength = 2_000;

    /// <summary>Characters of source and licence.</summary>
    public const int NoteLength = 500;
}
