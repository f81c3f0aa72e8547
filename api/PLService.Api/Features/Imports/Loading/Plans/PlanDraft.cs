using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>A part as it is to be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The id by which the file names it.</param>
/// <param name="Stored">What is stored of it; null for a new one.</param>
/// <param name="Content">What it is to say; of a new strategy it knows no id yet.</param>
/// <param name="Strategy">The id by which the file names its strategy.</param>
/// <param name="Rows">The rows that tell it.</param>
internal sealed record PartDraft(PlanPartKind Kind, string Key, PlanPart? Stored, JsonObject Content, string? Strategy, IReadOnlyList<PlanRow> Rows)
{
    public bool IsChanged => Stored is null || !JsonNode.DeepEquals(PlanJson.Node(Stored.Content), PlanJson.Node(PlanJson.Write(PlanJson.Read(Kind, Content.ToJsonString()))));
}

/// <summary>One plan as a file wants it, beside what is stored: which rows can be taken, and what they come to.</summary>
internal sealed class PlanDraft(PlanPlace place, string key, Plan? stored, IReadOnlyList<PlanPart> parts, IReadOnlyList<PlanRow> rows, PlanFacts facts, PlanFaults faults)
{
    private readonly PlanPartRules _rules = new(place, facts);
    private readonly Dictionary<PlanPartKind, int> _positions = [];
    private List<PartDraft> _strategies = [];
    private List<PartDraft> _others = [];

    public PlanPlace Place => place;

    public Plan? Stored => stored;

    /// <summary>What the plan is to say itself; null when nothing of the file can be taken.</summary>
    public PlanContent? Content { get; private set; }

    /// <summary>The status that it is to have; null to leave it.</summary>
    public PlanStatus? Status { get; private set; }

    /// <summary>Strategies, before what belongs to them.</summary>
    public IReadOnlyList<PartDraft> Parts => [.. _strategies, .. _others];

    /// <summary>Rows that said again what an earlier one had said.</summary>
    public int Repeated { get; private set; }

    /// <summary>Where the next new part of a kind stands: after those that there are.</summary>
    public int NextPosition(PlanPartKind kind) => _positions[kind] = (_positions.TryGetValue(kind, out var last) ? last : parts.Where(part => part.Kind == kind).Select(part => part.Position).DefaultIfEmpty(-1).Max()) + 1;

    /// <summary>Whether anything is to be written.</summary>
    public bool IsChanged => Content is not null
        && (stored is null || Status is not null || Parts.Any(part => part.IsChanged) || !JsonNode.DeepEquals(PlanJson.Node(stored.Content), PlanJson.Node(PlanJson.Write(Content))));

    /// <summary>Sorts the rows.</summary>
    public void Compare()
    {
        RefuseContradictions();
        _others = Others();
        _strategies = Strategies();
        _others.RemoveAll(part => !part.Rows.Any(faults.IsTaken));
        RefuseTooMany();
        var taken = Taken();
        if (taken.Count == 0)
            return;

        var content = stored is null ? new JsonObject { ["externalId"] = key } : PlanJson.Node(stored.Content);
        taken.ForEach(row => PlanMerging.Take(content, row.Of(PlanRowType.Plan)));
        var status = taken.Find(row => row.PlanStatus is not null)?.PlanStatus;
        Status = status == (stored?.Status ?? PlanStatus.Draft) ? null : status;
        if ((PlanPartRules.OfPlan(content) ?? RefusesStatus()) is { } fault)
        {
            faults.Reject(taken, fault);
            return;
        }

        Content = PlanJson.Read<PlanContent>(content.ToJsonString());
        if (IsChanged && stored is { Status: PlanStatus.Completed or PlanStatus.Archived } && Status is not PlanStatus.Active && !IsMoveAlone())
        {
            faults.Reject(taken, new(PlanErrors.NotEditable.Code, PlanErrors.NotEditable.Message, Field.PlanExternalId, key));
            Content = null;
        }
    }

    private List<PlanRow> Taken() => [.. rows.Where(faults.IsTaken)];

    private bool IsMoveAlone() => !Parts.Any(part => part.IsChanged) && JsonNode.DeepEquals(PlanJson.Node(stored!.Content), PlanJson.Node(PlanJson.Write(Content!)));

    private PlanFault? RefusesStatus() => stored is null || Status is not { } next || stored.CanBecome(next) ? null
        : new(PlanErrors.WrongStatus.Code, $"The plan is {Persistence.EnumText.Of(stored.Status)} and cannot become {Persistence.EnumText.Of(next)}.", Field.PlanStatus, Persistence.EnumText.Of(next));

    // Of what several rows tell, all have to tell the same: the first one holds.
    private void RefuseContradictions()
    {
        var (told, firsts) = (new Dictionary<(PlanRowType, string?, string), JsonNode?>(), new Dictionary<(PlanRowType, string), PlanRow>());
        PlanStatus? status = null;
        foreach (var row in rows)
        {
            if (row.PartId is { } part && !firsts.TryAdd((row.Type, part), row))
            {
                if (firsts[(row.Type, part)].IsSameAs(row))
                    Repeated++;
                else
                    faults.Reject(row, new(ImportCodes.ConflictingRow, $"Line {firsts[(row.Type, part)].Line} says something else of the same {Persistence.EnumText.Of(row.Type)}. Keep one of them.", PlanColumns.IdOf(row.Type), part));
            }

            if ((status ??= row.PlanStatus) != row.PlanStatus && row.PlanStatus is { } other)
                faults.Reject(row, new(ImportCodes.ConflictingRow, "An earlier row gives the plan another status.", Field.PlanStatus, Persistence.EnumText.Of(other)));
            foreach (var (type, id) in new[] { (PlanRowType.Plan, (string?)null), (PlanRowType.Strategy, row.StrategyId) })
            {
                foreach (var (member, value) in row.Of(type))
                {
                    if (!told.TryAdd((type, id, member), value) && !JsonNode.DeepEquals(told[(type, id, member)], value))
                        faults.Reject(row, new(ImportCodes.ConflictingRow, $"An earlier row says something else of the same {Persistence.EnumText.Of(type)}. Make them the same, or leave this cell empty.", PlanColumns.FieldOf(type, member), value?.ToString()));
                }
            }
        }
    }

    private List<PartDraft> Others()
    {
        var found = new List<PartDraft>();
        foreach (var some in rows.Where(row => row.PartId is not null && faults.IsTaken(row)).GroupBy(row => (row.Type, row.PartId!)))
        {
            var (row, kind) = (some.First(), PlanColumns.KindOf(some.Key.Type));
            var part = Find(kind, some.Key.Item2);
            var content = part is null ? new JsonObject { ["externalId"] = some.Key.Item2 } : PlanJson.Node(part.Content);
            PlanMerging.Take(content, row.Of(row.Type));
            if (_rules.Complete(row, part, content) is { } fault)
                faults.Reject(some, fault);
            else
                found.Add(new(kind, some.Key.Item2, part, content, row.StrategyId, [.. some]));
        }

        return found;
    }

    private List<PartDraft> Strategies()
    {
        var found = new List<PartDraft>();
        foreach (var some in rows.Where(row => row.StrategyId is not null && faults.IsTaken(row)).GroupBy(row => row.StrategyId!).Select(some => (some.Key, Rows: some.ToList())))
        {
            var part = Find(PlanPartKind.Strategy, some.Key);
            var content = part is null ? new JsonObject { ["externalId"] = some.Key } : PlanJson.Node(part.Content);
            some.Rows.ForEach(row => PlanMerging.Take(content, row.Of(PlanRowType.Strategy)));
            if (_rules.OfStrategy(part, content) is { } fault)
            {
                faults.Reject(some.Rows, fault);
                continue;
            }

            found.Add(new(PlanPartKind.Strategy, some.Key, part, content, null, some.Rows));
            // Of a new strategy there is no id yet: until there is one, any other makes what belongs to it differ from what is stored.
            foreach (var other in _others.Where(other => other.Strategy == some.Key))
                other.Content["strategyId"] = part?.Id ?? Guid.Empty;
        }

        return found;
    }

    private void RefuseTooMany()
    {
        foreach (var some in Parts.Where(part => part.Stored is null).GroupBy(part => part.Kind))
        {
            var free = PlanPart.MaxOfKind - parts.Count(part => part.Kind == some.Key);
            foreach (var part in some.Skip(free))
                faults.Reject(part.Rows.Where(faults.IsTaken), new(PlanErrors.TooManyParts.Code, PlanErrors.TooManyParts.Message, PlanColumns.IdOf(part.Rows[0].Type), part.Key));
        }

        _strategies.RemoveAll(part => !part.Rows.Any(faults.IsTaken));
        _others.RemoveAll(part => !part.Rows.Any(faults.IsTaken));
    }

    // What has no external id goes by its own, as an export writes it.
    private PlanPart? Find(PlanPartKind kind, string id) => parts.FirstOrDefault(part => part.Kind == kind && part.ExternalId == id)
        ?? (Guid.TryParseExact(id, "D", out var own) ? parts.FirstOrDefault(part => part.Kind == kind && part.Id == own) : null);
}
