using System.Text.RegularExpressions;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>Whether a toolkit document makes sense: what passes can be published and worked through.</summary>
internal static partial class ToolkitCheck
{
    /// <summary>The faults in document order, at most <see cref="FaultList.Most"/>; none for a sound document.</summary>
    public static IReadOnlyList<Fault> Check(ToolkitDocument document)
    {
        var faults = new FaultList();
        faults.CheckNulls(document);
        if (faults.Faults.Count > 0)
            return faults.Faults;

        CheckHead(faults, document);
        faults.CheckCount("/tools", "tools", document.Tools.Count, 1, ToolkitLimits.Tools);
        faults.CheckUnique("/tools", "/code", document.Tools.Select(tool => tool.Code));
        foreach (var (i, tool) in document.Tools.Index())
            CheckTool(faults, $"/tools/{i}", tool);
        return faults.Faults;
    }

    private static void CheckHead(FaultList faults, ToolkitDocument document)
    {
        if (!ToolkitCode().IsMatch(document.Code))
        {
            faults.Add("/code", FaultCodes.Format,
                $"\"{FaultList.Shown(document.Code)}\" is not a toolkit code: 2 to 40 lower-case letters, digits or hyphens, a letter first.");
        }

        faults.CheckCode("/version", document.Version);
        faults.CheckText("/title", document.Title);
        faults.CheckText("/description", document.Description, ToolkitLimits.TextLength);
        faults.CheckWords("/source", document.Source, ToolkitLimits.NoteLength);
        if (document.Year is < 1900 or > 2100)
            faults.Add("/year", FaultCodes.OutOfRange, $"{document.Year} is not a year of publication; write 1900 to 2100.");
        faults.CheckWords("/licence", document.Licence, ToolkitLimits.NoteLength);
    }

    private static void CheckTool(FaultList faults, string at, Tool tool)
    {
        faults.CheckCode($"{at}/code", tool.Code);
        faults.CheckText($"{at}/title", tool.Title);
        faults.CheckText($"{at}/purpose", tool.Purpose);
        faults.CheckCount($"{at}/parts", "parts", tool.Parts.Count, 1, ToolkitLimits.PartsPerTool);
        foreach (var (i, part) in tool.Parts.Index())
            CheckPart(faults, $"{at}/parts/{i}", part);

        foreach (var (i, _) in tool.Parts.Index().Where(part => part.Item.Kind is ToolPartKind.Reading).Skip(1))
            faults.Add($"{at}/parts/{i}", FaultCodes.TooMany, "The tool has another reading already; make a tool of its own for each.");

        var codes = 0;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, code) in CodesOf(at, tool))
        {
            codes++;
            if (!seen.Add(code))
                faults.Add(place, FaultCodes.Duplicate, $"Another field or question of the tool has the code \"{FaultList.Shown(code)}\"; upper and lower case count as the same.");
        }

        if (codes > ToolkitLimits.FieldsPerTool)
            faults.Add($"{at}/parts", FaultCodes.TooMany, $"{codes} fields and questions; at most {ToolkitLimits.FieldsPerTool} allowed in a tool.");
    }

    private static IEnumerable<(string Place, string Code)> CodesOf(string at, Tool tool) => tool.Parts.Index().SelectMany(part =>
        (part.Item.Fields ?? []).Index().Select(field => ($"{at}/parts/{part.Index}/fields/{field.Index}/code", field.Item.Code))
            .Concat((part.Item.Questions ?? []).Index().Select(question => ($"{at}/parts/{part.Index}/questions/{question.Index}/code", question.Item.Code))));

    private static void CheckPart(FaultList faults, string at, ToolPart part)
    {
        if (!Enum.IsDefined(part.Kind))
            faults.Add($"{at}/kind", FaultCodes.Format, "Write text, fields, reading or discussion.");
        faults.CheckText($"{at}/title", part.Title);
        CheckMember(faults, at, part, ToolPartKind.Text, "text", part.Text is not null);
        CheckMember(faults, at, part, ToolPartKind.Fields, "fields", part.Fields is not null);
        CheckMember(faults, at, part, ToolPartKind.Reading, "reading", part.Reading is not null);
        CheckMember(faults, at, part, ToolPartKind.Discussion, "questions", part.Questions is not null);

        faults.CheckText($"{at}/text", part.Text, ToolkitLimits.TextLength);
        if (part.Fields is { } fields)
        {
            faults.CheckCount($"{at}/fields", "fields", fields.Count, 1, ToolkitLimits.FieldsPerTool);
            foreach (var (i, field) in fields.Index())
                CheckField(faults, $"{at}/fields/{i}", field);
        }

        if (part.Questions is { } questions)
        {
            faults.CheckCount($"{at}/questions", "questions", questions.Count, 1, ToolkitLimits.FieldsPerTool);
            foreach (var (i, question) in questions.Index())
            {
                faults.CheckCode($"{at}/questions/{i}/code", question.Code);
                faults.CheckText($"{at}/questions/{i}/prompt", question.Prompt);
            }
        }

        if (part.Reading is { } reading)
            ReadingCheck.Check(faults, $"{at}/reading", reading);
    }

    private static void CheckMember(FaultList faults, string at, ToolPart part, ToolPartKind kind, string member, bool isThere)
    {
        if (part.Kind == kind && !isThere)
            faults.Add($"{at}/{member}", FaultCodes.Missing, $"A part of this kind needs the member \"{member}\".");
        else if (part.Kind != kind && isThere)
            faults.Add($"{at}/{member}", FaultCodes.Inconsistent, $"A part of this kind has no member \"{member}\"; make a part of its own of it.");
    }

    private static void CheckField(FaultList faults, string at, ToolField field)
    {
        faults.CheckCode($"{at}/code", field.Code);
        faults.CheckText($"{at}/prompt", field.Prompt);
        faults.CheckText($"{at}/guidance", field.Guidance);
        if (!Enum.IsDefined(field.Answer))
            faults.Add($"{at}/answer", FaultCodes.Format, "Write text or imageOrText.");
        if (field.PerStandardOf is { } framework && !ToolkitCode().IsMatch(framework))
        {
            faults.Add($"{at}/perStandardOf", FaultCodes.Format,
                $"\"{FaultList.Shown(framework)}\" is not a framework code: 2 to 40 lower-case letters, digits or hyphens, a letter first.");
        }

        if (field.Collects is { } collects && !Enum.IsDefined(collects))
            faults.Add($"{at}/collects", FaultCodes.Format, "Write nextSteps, or leave it out.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex ToolkitCode();
}
