namespace PLService.Api.Domain.Instruments;

/// <summary>How large an instrument may be. They keep a response within one database row and a result within one answer.</summary>
internal static class InstrumentLimits
{
    public const int Sections = 100;
    public const int Items = 500;
    public const int Axes = 4;
    public const int Scales = 20;
    public const int LevelsPerScale = 1_001;
    public const int BandsPerScale = 50;
    public const int AlignmentsPerItem = 50;
    public const int ConditionsPerRule = 20;

    /// <summary>Levels over all elements: the length of a tally.</summary>
    public const int Counts = 20_000;

    /// <summary>Characters of one text in one language.</summary>
    public const int TextLength = 2_000;

    /// <summary>Languages of one text.</summary>
    public const int Languages = 30;

    /// <summary>Characters of source and licence.</summary>
    public const int NoteLength = 200;

    /// <summary>Marks per participant, where they are limited at all.</summary>
    public const int Marks = 100;
}
