using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Turns records into rows of plans.</summary>
internal sealed class PlanRows(RecordSource source, ImportReadOptions options) : IRows<PlanBatch>
{
    private const int MostRows = 500;
    private const int IdMaxLength = 100;

    private readonly List<RecordFault> _faults = [];
    private PlanBatch _batch = new();

    public bool IsEmpty => _batch.RecordsRead == 0;

    public bool IsFull => _batch.RecordsRead >= MostRows;

    public PlanBatch Complete()
    {
        var batch = _batch;
        batch.BytesRead = source.BytesRead;
        _batch = new();
        return batch;
    }

    public void Take()
    {
        if (source.Record > ImportLimits.PlanRows)
            throw new ImportFileException(ImportCodes.TooManyValues, $"The file has more than {ImportLimits.PlanRows:N0} rows. Split it.", source.Line, source.Record);
        _batch.RecordsRead++;
        _faults.Clear();
        if (source.Fault is { } fault)
            _faults.Add(fault);
        else if (Read() is { } row)
            _batch.Rows.Add(row);
        foreach (var wrong in _faults)
            _batch.Issues.Add(new(ImportSeverity.Error, wrong.Code, wrong.Detail, source.Line, source.Record, wrong.Column, wrong.Value));
        if (_faults.Count > 0)
            _batch.RecordsRejected++;
    }

    private PlanRow? Read()
    {
        if (TypeOf() is not { } type)
            return null;
        var organization = ScopeTable.OrganizationOf(source, options, _faults) ?? options.Defaults.Organization;
        if (organization is null && _faults.Count == 0)
            Missing(Field.Organization, "The row does not say whose the plan is. Fill in the organization's id.");
        var plan = Id(Field.PlanExternalId);
        if (plan is null)
            Missing(Field.PlanExternalId, "The row does not say which plan it is of. Fill in an id of your own, such as plan-2026.");
        var part = type is PlanRowType.Plan ? null : Id(PlanColumns.IdOf(type));
        if (type is not PlanRowType.Plan && part is null)
            Missing(PlanColumns.IdOf(type), $"The row is about a {Word(type)} without an id. Fill in an id of your own, by which a later file finds it.");
        var strategy = Id(Field.StrategyExternalId);
        if (strategy is null && source.Cell(Field.StrategyTitle) is { IsEmpty: false })
            Missing(Field.StrategyExternalId, "A strategy needs an id, by which other rows find it. Fill in an id of your own.");

        var cells = new PlanCells(source, _faults);
        var row = new PlanRow(source.Record, source.Line, type, organization!, plan!)
        {
            PlanStatus = cells.Word<PlanStatus>(Field.PlanStatus),
            StrategyId = strategy,
            PartId = type is PlanRowType.Step or PlanRowType.Obstacle ? part : null,
            Says = Enum.GetValues<PlanRowType>().ToDictionary(of => of, of => new JsonObject(Told(cells, of, type))),
            HasNoOwner = type is PlanRowType.Step && PlanCells.IsNone(ScopeTable.Text(source, Field.Email)),
            Email = PlanCells.IsNone(ScopeTable.Text(source, Field.Email)) ? null : PersonNaming.EmailOf(source, _faults),
        };
        RefuseForeign(type);
        return _faults.Count == 0 ? row : null;
    }

    // A row says what it is, or else its most particular id does.
    private PlanRowType? TypeOf()
    {
        if (ScopeTable.Text(source, Field.PlanRowType) is { } told)
        {
            foreach (var type in Enum.GetValues<PlanRowType>())
            {
                if (string.Equals(Word(type), told, StringComparison.OrdinalIgnoreCase))
                    return type;
            }

            _faults.Add(new(
                ImportLoadCodes.UnknownWord, $"This is none of {string.Join(", ", Enum.GetValues<PlanRowType>().Select(Word))}.",
                source.Columns.NameOf(Field.PlanRowType), ImportIssue.Cut(told)));
            return null;
        }

        return !source.Cell(Field.StepExternalId).IsEmpty || !source.Cell(Field.StepTitle).IsEmpty ? PlanRowType.Step
            : !source.Cell(Field.ObstacleExternalId).IsEmpty || !source.Cell(Field.ObstacleTitle).IsEmpty ? PlanRowType.Obstacle
            : !source.Cell(Field.StrategyExternalId).IsEmpty ? PlanRowType.Strategy
            : PlanRowType.Plan;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Told(PlanCells cells, PlanRowType of, PlanRowType type) =>
        PlanColumns.Members.Where(member => member.Of == of && (member.Of == type || !member.OwnRowOnly)).Select(cells.Read).OfType<KeyValuePair<string, JsonNode?>>();

    // What stands in a column that rows of this type do not have would be lost without a word.
    private void RefuseForeign(PlanRowType type)
    {
        foreach (var column in PlanColumns.Known.Where(column => !source.Cell(column.Field).IsEmpty && !IsOf(column.Field, type)))
        {
            _faults.Add(new(
                ImportLoadCodes.NotOfRowType, $"A row of the type {Word(type)} has no {column.Name}. Leave it empty, or give what it belongs to a row of its own.",
                source.Columns.NameOf(column.Field)));
        }
    }

    private static bool IsOf(Field field, PlanRowType type) => field switch
    {
        Field.Email => type is PlanRowType.Step,
        Field.StrategyExternalId => type is not PlanRowType.Plan,
        Field.StepExternalId => type is PlanRowType.Step,
        Field.ObstacleExternalId => type is PlanRowType.Obstacle,
        Field.StrategyTitle => type is not PlanRowType.Plan,
        _ => PlanColumns.Members.Where(member => member.Field == field).ToList() is not { Count: > 0 } members
            || members.Exists(member => member.Of == type || !member.OwnRowOnly),
    };

    private string? Id(Field field)
    {
        if (ScopeTable.Text(source, field) is not { } id)
            return null;
        if (id.Length <= IdMaxLength && !id.Any(char.IsControl))
            return id;
        _faults.Add(new(ImportCodes.BadId, $"An external id has at most {IdMaxLength} characters and no control characters.", source.Columns.NameOf(field), ImportIssue.Cut(id)));
        return id;
    }

    private void Missing(Field field, string detail) => _faults.Add(new(ImportCodes.MissingValue, detail, source.Columns.NameOf(field)));

    private static string Word(PlanRowType type) => Persistence.EnumText.Of(type);
}
