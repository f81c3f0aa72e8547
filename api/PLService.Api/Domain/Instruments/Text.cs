namespace PLService.Api.Domain.Instruments;

/// <summary>Wording in one or more languages: BCP 47 language tag to text. English (<c>en</c>) is always there.</summary>
/// <remarks>Sorted by tag, so that the same wording is always written the same way.</remarks>
internal sealed class Text : SortedDictionary<string, string>
{
    /// <summary>The language that every text has.</summary>
    public const string Required = "en";

    public Text()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>An English text.</summary>
    public static Text En(string english) => new() { [Required] = english };

    /// <summary>The text in the language, else in English.</summary>
    public string In(string language) => TryGetValue(language, out var text) ? text : this[Required];

    /// <summary>The English wording, or nothing where it is missing (a document that was not checked).</summary>
    public override string ToString() => TryGetValue(Required, out var text) ? text : "";
}
