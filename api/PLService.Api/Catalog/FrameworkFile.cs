using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Catalog;

/// <summary>
/// A framework as it stands in <c>Catalog/Frameworks</c>: written to be read in review, with everything that CASE repeats left to
/// <see cref="CatalogFramework"/>.
/// </summary>
internal sealed record FrameworkFile
{
    public required string Code { get; init; }

    public required string Title { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Creator { get; init; }

    public required string Publisher { get; init; }

    /// <summary>Which version it is, in the publisher's words.</summary>
    public required string Version { get; init; }

    /// <summary>Where it stands with its publisher: <c>Adopted</c>, <c>Deprecated</c>.</summary>
    public required string AdoptionStatus { get; init; }

    /// <summary>First and last day on which it is in force.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    public required string Language { get; init; }

    /// <summary>Where the publisher has it; null for what is written here.</summary>
    public string? Source { get; init; }

    public required string Description { get; init; }

    /// <summary>What is ours in it, and what is known of it only in part.</summary>
    public string? Notes { get; init; }

    public required FileLicence Licence { get; init; }

    /// <summary>Title and description in Spanish.</summary>
    public JsonObject? Es { get; init; }

    /// <summary>Words that the framework defines.</summary>
    public IReadOnlyList<FileDefinition> Definitions { get; init; } = [];

    /// <summary>Name of each type of statement and what it is; the last one is that of statements that name none.</summary>
    public required IReadOnlyDictionary<string, string> Types { get; init; }

    /// <summary>Why strategies have no ESSA tier, by language; null where there are no strategies.</summary>
    public JsonObject? EssaTierReason { get; init; }

    public required IReadOnlyList<FileStandard> Standards { get; init; }

    /// <summary>Links to other frameworks: <c>LEA exactMatchOf lf-2011/LEA: why</c>.</summary>
    public IReadOnlyList<string> Crosswalks { get; init; } = [];

    /// <exception cref="InvalidOperationException">The text is not shaped like a framework file.</exception>
    public static FrameworkFile Read(string name, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<FrameworkFile>(utf8, InstrumentJson.Options)
                ?? throw new InvalidOperationException($"{name} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{name} is no framework file: {e.Message}", e);
        }
    }
}

internal sealed record FileLicence(string Title, string Text);

internal sealed record FileDefinition(string Code, string Title, string Text);

/// <summary>What a statement was called before.</summary>
/// <param name="Code">Its code then; null when that was the same.</param>
/// <param name="Label">Its label then, which was the statement too where there is no other text.</param>
/// <param name="From">First day of the name; null when it was the first one.</param>
/// <param name="Until">The day from which it has another name.</param>
internal sealed record FileFormerName(string Label, DateOnly Until, string? Code = null, DateOnly? From = null);

internal sealed record FileStandard
{
    public required string Code { get; init; }

    public required string Label { get; init; }

    /// <summary>The whole text; null where the catalog holds the name alone.</summary>
    public string? Statement { get; init; }

    public string? Type { get; init; }

    /// <summary>Which of the six essential components that are public it belongs to.</summary>
    public IReadOnlyList<string>? Essential { get; init; }

    /// <summary>When a strategy fits, the time that it takes, who is needed, first steps, pitfalls and needs.</summary>
    public JsonObject? Strategy { get; init; }

    /// <summary>The same in Spanish.</summary>
    public JsonObject? Es { get; init; }

    /// <summary>Standards that a strategy serves: <c>ct-2015/LCO</c>.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];

    public IReadOnlyList<FileFormerName> Formerly { get; init; } = [];

    public IReadOnlyList<FileStandard> Children { get; init; } = [];

    /// <summary>The code that its identifier is made of: the first one that it ever had.</summary>
    public string FirstCode => Formerly.FirstOrDefault(name => name.Code is not null)?.Code ?? Code;
}
