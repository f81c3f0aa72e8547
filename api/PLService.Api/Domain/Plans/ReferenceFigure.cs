namespace PLService.Api.Domain.Plans;

/// <summary>What of resources is compared.</summary>
public enum ResourceMeasure
{
    /// <summary>Full-time equivalents.</summary>
    Fte,

    /// <summary>Minutes a week for each educator.</summary>
    MinutesPerWeek,

    /// <summary>Days a year for each educator.</summary>
    DaysPerYear,

    /// <summary>US dollars in all.</summary>
    Amount,

    /// <summary>Minutes of one observation, which plans do not count.</summary>
    ObservationMinutes,
}

/// <summary>What a published figure stands for.</summary>
public enum ReferenceRole
{
    /// <summary>A system whose students and teachers made progress.</summary>
    Case,

    /// <summary>What is usual, for contrast.</summary>
    Contrast,
}

/// <summary>A figure that was published, with where.</summary>
/// <param name="Code">Code of the figure.</param>
/// <param name="System">The school system.</param>
/// <param name="Role">What it stands for.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Text">What exactly it is, by language.</param>
/// <param name="Source">Where it was published.</param>
internal sealed record ReferenceFigure(
    string Code, string System, ReferenceRole Role, ResourceMeasure Measure, decimal Value, IReadOnlyDictionary<string, string> Text, ReferenceSource Source);

/// <summary>Where a figure was published.</summary>
/// <param name="Title">Title of the publication.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Year">When.</param>
/// <param name="Address">Where it can be read; null when no lasting address is known.</param>
internal sealed record ReferenceSource(string Title, string Publisher, int Year, string? Address = null);

/// <summary>Figures that ship together.</summary>
/// <param name="Code">Code of the set.</param>
/// <param name="Title">What it is called, by language.</param>
/// <param name="Figures">The figures.</param>
internal sealed record ReferenceFigureSet(string Code, IReadOnlyDictionary<string, string> Title, IReadOnlyList<ReferenceFigure> Figures);
