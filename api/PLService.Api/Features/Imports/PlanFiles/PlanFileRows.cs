using System.Globalization;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.PlanFiles;

/// <summary>A plan as rows: itself, its strategies, its steps, its obstacles.</summary>
internal static class PlanFileRows
{
    public static IEnumerable<IReadOnlyDictionary<Field, string>> Of(
        Plan plan, IReadOnlyList<PlanPart> parts, (string? System, string Value) place, IReadOnlyDictionary<Guid, string> owners)
    {
        var content = PlanJson.Node(plan.Content);
        var strategies = parts.Where(part => part.Kind is PlanPartKind.Strategy).ToDictionary(part => part.Id);
        yield return Row(PlanRowType.Plan);
        foreach (var type in new[] { PlanRowType.Strategy, PlanRowType.Step, PlanRowType.Obstacle })
        {
            foreach (var part in parts.Where(part => part.Kind == PlanColumns.KindOf(type)))
            {
                var row = Row(type);
                var strategy = type is PlanRowType.Strategy ? part : part.ParentId is { } parent ? strategies[parent] : null;
                if (strategy is not null)
                {
                    row[Field.StrategyExternalId] = strategy.ExternalId ?? strategy.Id.ToString();
                    Fill(row, PlanRowType.Strategy, type, PlanJson.Node(strategy.Content));
                }

                row[PlanColumns.IdOf(type)] = part.ExternalId ?? part.Id.ToString();
                Fill(row, type, type, PlanJson.Node(part.Content));
                if (part.OwnerPersonId is { } owner && owners.GetValueOrDefault(owner) is { } email)
                    row[Field.Email] = email;
                yield return row;
            }
        }

        Dictionary<Field, string> Row(PlanRowType type)
        {
            var row = new Dictionary<Field, string>
            {
                [Field.PlanRowType] = EnumText.Of(type),
                [Field.Organization] = place.Value,
                [Field.PlanExternalId] = plan.ExternalId ?? plan.Id.ToString(),
                [Field.PlanStatus] = EnumText.Of(plan.Status),
            };
            if (place.System is { } system)
                row[Field.OrganizationIdSystem] = system;
            Fill(row, PlanRowType.Plan, type, content);
            return row;
        }
    }

    private static void Fill(Dictionary<Field, string> row, PlanRowType of, PlanRowType type, JsonObject content)
    {
        foreach (var member in PlanColumns.Members.Where(member => member.Of == of && (of == type || !member.OwnRowOnly)))
        {
            if (content[member.Member] is { } value && Cell(member.Cell, value).Trim() is { Length: > 0 } cell)
                row[member.Field] = cell;
        }
    }

    private static string Cell(PlanCell form, JsonNode value) => form switch
    {
        PlanCell.Texts => Join(value.AsArray().Select(entry => ((string)entry!).Trim())),
        PlanCell.Marks => Join(value.AsArray().Select(entry => ((int)entry!).ToString(CultureInfo.InvariantCulture))),
        PlanCell.Standards => Join(value.AsArray().Select(served => $"{served!["framework"]}:{served["code"]}")),
        _ => (string)value!,
    };

    private static string Join(IEnumerable<string> entries) =>
        string.Join(PlanColumns.Bar, entries.Select(entry => entry.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal)));
}
