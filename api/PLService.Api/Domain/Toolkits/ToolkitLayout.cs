using System.Text.Json;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>A standard as it was when the team began.</summary>
/// <param name="Id">The id of the standard, which it keeps whatever it is called later.</param>
/// <param name="Code">How people cite it; its id where it has no code.</param>
/// <param name="Label">What it was called.</param>
/// <param name="Key">What field keys end with: the code, or the id where that cannot be part of an address.</param>
internal sealed record StandardOfRun(Guid Id, string Code, string Label, string Key);

/// <summary>One place for an answer on a worksheet.</summary>
/// <param name="Key">The field's code, and after a slash the standard's where there is one for each: <c>keyIdeas/LCO</c>.</param>
/// <param name="Prompt">What is asked.</param>
/// <param name="Answer">How it may be answered.</param>
/// <param name="Framework">Code of the framework of its standard.</param>
/// <param name="Standard">The standard that it is about.</param>
/// <param name="Collects">What the answers are gathered as.</param>
internal sealed record WorksheetField(string Key, Text Prompt, AnswerKind Answer, string? Framework, StandardOfRun? Standard, FieldCollection? Collects);

/// <summary>A toolkit version with the standards of one run: what fields its worksheets have.</summary>
internal sealed class ToolkitLayout(ToolkitDocument document, IReadOnlyDictionary<string, IReadOnlyList<StandardOfRun>> standards)
{
    public ToolkitDocument Document => document;

    public Tool? FindTool(string code) => document.Tools.FirstOrDefault(tool => tool.Code == code);

    /// <summary>The reading of a tool that has one.</summary>
    public static ToolReading? ReadingOf(Tool tool) => tool.Parts.FirstOrDefault(part => part.Reading is not null)?.Reading;

    /// <summary>The fields of a tool in their order, questions to discuss among them.</summary>
    public IEnumerable<WorksheetField> FieldsOf(Tool tool) => tool.Parts.SelectMany(part =>
        (part.Fields ?? []).SelectMany(FieldsOf).Concat((part.Questions ?? []).Select(question => new WorksheetField(question.Code, question.Prompt, AnswerKind.Text, null, null, null))));

    public int CountFields() => document.Tools.Sum(tool => FieldsOf(tool).Count());

    /// <summary>Codes of the frameworks that fields are repeated for.</summary>
    public static IReadOnlyList<string> FrameworksOf(ToolkitDocument document) =>
        [.. document.Tools.SelectMany(tool => tool.Parts).SelectMany(part => part.Fields ?? []).Select(field => field.PerStandardOf).OfType<string>().Distinct(StringComparer.Ordinal)];

    public static string WriteStandards(IReadOnlyDictionary<string, IReadOnlyList<StandardOfRun>> standards) => JsonSerializer.Serialize(standards, ToolkitJson.Options);

    public static IReadOnlyDictionary<string, IReadOnlyList<StandardOfRun>> ReadStandards(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<StandardOfRun>>>(json, ToolkitJson.Options)!;

    private IEnumerable<WorksheetField> FieldsOf(ToolField field) => field.PerStandardOf is not { } framework
        ? [new(field.Code, field.Prompt, field.Answer, null, null, field.Collects)]
        : standards.GetValueOrDefault(framework, []).Select(standard => new WorksheetField($"{field.Code}/{standard.Key}", field.Prompt, field.Answer, framework, standard, field.Collects));
}
