using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// A toolkit version as it is imported, exported and stored: tools in the order in which a team works through them.
/// Anything can be read into it; <see cref="ToolkitCheck"/> says whether it makes sense.
/// </summary>
/// <remarks>Lists are compared by reference; compare documents with <see cref="DocumentHash"/>.</remarks>
internal sealed record ToolkitDocument
{
    /// <summary>Stable name of the toolkit over all its versions, such as <c>ct-foundations</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Label of this version, unique within the toolkit, such as <c>1.0</c>.</summary>
    public required string Version { get; init; }

    public required Text Title { get; init; }

    public Text? Description { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Source { get; init; }

    /// <summary>Year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public string? Licence { get; init; }

    /// <summary>The tools in order, 50 at most.</summary>
    public required IReadOnlyList<Tool> Tools { get; init; }
}

/// <summary>One step of a toolkit.</summary>
internal sealed record Tool
{
    /// <summary>Unique within the toolkit: <c>1.4</c>.</summary>
    public required string Code { get; init; }

    public required Text Title { get; init; }

    /// <summary>What it is good for.</summary>
    public Text? Purpose { get; init; }

    /// <summary>What there is to read and to fill in, in order; 50 at most, one reading among them at most.</summary>
    public required IReadOnlyList<ToolPart> Parts { get; init; }
}

/// <summary>A part of a tool. Its kind says which one of <c>text</c>, <c>fields</c>, <c>reading</c> and <c>questions</c> it has.</summary>
internal sealed record ToolPart
{
    public required ToolPartKind Kind { get; init; }

    public Text? Title { get; init; }

    /// <summary>For the kind <c>text</c>: what to read, 20,000 characters at most.</summary>
    public Text? Text { get; init; }

    /// <summary>For the kind <c>fields</c>: what to fill in, 100 at most.</summary>
    public IReadOnlyList<ToolField>? Fields { get; init; }

    /// <summary>For the kind <c>reading</c>: a text that the team reads and marks.</summary>
    public ToolReading? Reading { get; init; }

    /// <summary>For the kind <c>discussion</c>: what to talk about, with the answer that the team comes to; 100 at most.</summary>
    public IReadOnlyList<ToolQuestion>? Questions { get; init; }
}

/// <summary>A prompt with a place for the answer.</summary>
internal sealed record ToolField
{
    /// <summary>Unique within the tool, stable over versions of the toolkit.</summary>
    public required string Code { get; init; }

    public required Text Prompt { get; init; }

    public Text? Guidance { get; init; }

    /// <summary>How it may be answered; in words unless it says otherwise.</summary>
    public AnswerKind Answer { get; init; }

    /// <summary>Code of a framework: there is one such field for each of its standards.</summary>
    public string? PerStandardOf { get; init; }

    /// <summary>What the answers are gathered as, for a plan to take up.</summary>
    public FieldCollection? Collects { get; init; }
}

/// <summary>A text that the team reads and marks with codes. The text itself is brought in by each team, for it may not be free to copy.</summary>
internal sealed record ToolReading
{
    public required Text Title { get; init; }

    /// <summary>Where the text is to be had: an absolute http or https address.</summary>
    public string? Link { get; init; }

    /// <summary>The codes to mark passages with, 20 at most.</summary>
    public required IReadOnlyList<ReadingCode> Codes { get; init; }
}

/// <summary>A sign to put to a passage.</summary>
internal sealed record ReadingCode
{
    /// <summary>What is written in the margin: <c>+</c>, <c>?</c>; 1 to 8 characters without blanks.</summary>
    public required string Sign { get; init; }

    public required Text Label { get; init; }

    public Text? Meaning { get; init; }

    /// <summary>The motivation of the W3C Web Annotation model that it is exchanged as; <c>commenting</c> unless given.</summary>
    public string? Motivation { get; init; }

    /// <summary>What the passages are gathered as, for a plan to take up.</summary>
    public ReadingCollection? Collects { get; init; }
}

/// <summary>A question to talk about.</summary>
internal sealed record ToolQuestion
{
    /// <summary>Unique among fields and questions of the tool.</summary>
    public required string Code { get; init; }

    public required Text Prompt { get; init; }
}
