using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Reads cells of plans as members of their contents.</summary>
internal sealed class PlanCells(RecordSource source, List<RecordFault> faults)
{
    private const int MostEntries = 50;

    public static bool IsNone(string? text) => string.Equals(text, MembershipRows.NoDay, StringComparison.OrdinalIgnoreCase);

    /// <summary>The member that the cell tells; null when it is empty or wrong.</summary>
    public KeyValuePair<string, JsonNode?>? Read(PlanMember member)
    {
        if (ScopeTable.Text(source, member.Field) is not { } text)
            return null;
        if (member is { Cell: PlanCell.Day, Of: PlanRowType.Step } && IsNone(text))
            return new(member.Member, null);
        JsonNode? told = member.Cell switch
        {
            PlanCell.Day => ScopeTable.Date(source, member.Field, faults)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PlanCell.Word => Word(member.Field, member.Words!),
            PlanCell.Texts => Texts(member, text),
            PlanCell.Marks => Marks(member, text),
            PlanCell.Standards => Standards(member, text),
            _ => Limited(member, text),
        };
        return told is null ? null : new(member.Member, told);
    }

    public T? Word<T>(Field field)
        where T : struct, Enum => Word(field, typeof(T)) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : null;

    private string? Word(Field field, Type words)
    {
        if (ScopeTable.Text(source, field) is not { } text)
            return null;
        var squeezed = KnownColumns.Squeeze(text);
        if (Array.Find(Enum.GetNames(words), name => KnownColumns.Squeeze(name) == squeezed) is { } found)
            return System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(found);
        Wrong(field, ImportLoadCodes.UnknownWord, $"This is none of {string.Join(", ", Enum.GetNames(words).Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName))}.", text);
        return null;
    }

    private string? Limited(PlanMember member, string text)
    {
        if (text.Length <= member.Most)
            return text;
        Wrong(member.Field, ImportCodes.CellTooLong, $"At most {member.Most:N0} characters fit here.", text);
        return null;
    }

    private JsonArray? Texts(PlanMember member, string text)
    {
        var entries = Split(text);
        if (entries.Count <= MostEntries && entries.TrueForAll(entry => entry.Length <= member.Most))
            return new([.. entries.Select(entry => (JsonNode?)entry)]);
        Wrong(member.Field, ImportCodes.CellTooLong, $"At most {MostEntries} entries of {member.Most} characters fit here.", text);
        return null;
    }

    private JsonArray? Marks(PlanMember member, string text)
    {
        var days = Split(text).ConvertAll(entry => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : 0);
        if (days.Count is >= 1 and <= PlanContent.MaxMarks && days.TrueForAll(day => day is >= 1 and <= PlanDays.Most) && days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second))
            return new([.. days.Select(day => (JsonNode?)day)]);
        Wrong(member.Field, "plan.bad_marks", $"1 to {PlanContent.MaxMarks} days between 1 and {PlanDays.Most}, each later than the one before, such as 30|60|90|120.", text);
        return null;
    }

    private JsonArray? Standards(PlanMember member, string text)
    {
        var entries = Split(text).ConvertAll(entry => entry.Split(':', 2));
        if (entries.Count <= MostEntries && entries.TrueForAll(entry => entry is [{ Length: >= 1 and <= 60 }, { Length: >= 1 and <= 60 }])
            && entries.Select(entry => (entry[0], entry[1])).Distinct().Count() == entries.Count)
            return new([.. entries.Select(entry => (JsonNode?)new JsonObject { ["framework"] = entry[0], ["code"] = entry[1] })]);
        Wrong(member.Field, "import.bad_standard", $"At most {MostEntries} standards, each once and as framework:code, such as ct-2015:LCO.", text);
        return null;
    }

    private void Wrong(Field field, string code, string detail, string value) => faults.Add(new(code, detail, source.Columns.NameOf(field), ImportIssue.Cut(value)));

    // A backslash takes the meaning from what follows it.
    private static List<string> Split(string text)
    {
        var (entries, entry) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or PlanColumns.Bar)
                entry.Append(text[++i]);
            else if (text[i] == PlanColumns.Bar)
                End();
            else
                entry.Append(text[i]);
        }

        End();
        return entries;

        void End()
        {
            if (entry.ToString().Trim() is { Length: > 0 } whole)
                entries.Add(whole);
            entry.Clear();
        }
    }
}
