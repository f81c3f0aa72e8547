using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;

namespace PLService.Api.Persistence.Plans;

/// <summary>What is asked of plans below an organization.</summary>
/// <param name="OrganizationId">The organization at the top.</param>
/// <param name="Statuses">Which plans count.</param>
/// <param name="ByChild">Whether figures are wanted of each child, everything below it included.</param>
/// <param name="On">The day on which it is asked what is overdue; null is today, where each organization is.</param>
/// <param name="Quarters">First and last day of the quarters whose steps are counted.</param>
internal sealed record PlanProgressQuestion(
    Guid OrganizationId, string[] Statuses, bool ByChild, DateOnly? On, IReadOnlyList<(DateOnly First, DateOnly Last)> Quarters);

/// <summary>What plans come to: of a child with all below it, of the organization itself with <paramref name="Child"/> null, or of all of them.</summary>
internal sealed record PlanProgressFigures(
    Guid? Child, int Plans, int[] Steps, int[] Obstacles, int Overdue, int DueSoon, int CarriedOver, decimal Fte, decimal MinutesPerWeek, int PlansWithMinutes,
    decimal DaysPerYear, int PlansWithDays, decimal Amount);

/// <summary>Open organizations of a kind, and how many of them have a plan that counts.</summary>
internal sealed record PlanCoverageFigures(Guid? Child, OrganizationKind Kind, int Organizations, int WithPlan);

/// <summary>Steps of a quarter.</summary>
internal sealed record PlanQuarterFigures(int Due, int Done, int StillOpen);

/// <summary>A child of the organization.</summary>
internal sealed record PlanProgressChild(Guid Id, OrganizationKind Kind, string Name, bool IsOpen);

/// <summary>The figures, each list in no particular order but the quarters and the children, which are by name.</summary>
internal sealed record PlanProgressRows(
    List<PlanProgressFigures> Figures, List<PlanCoverageFigures> Coverage, List<PlanQuarterFigures> Quarters, List<PlanProgressChild> Children);

/// <summary>Adds up what plans come to over a subtree from their tallies; never reads a step.</summary>
internal sealed class PlanProgressReader(TenantReader reader, Caller caller, TimeProvider clock)
{
    /// <summary>Reads for any organization of the tenant: whether the caller reaches it is for whoever asks.</summary>
    public Task<PlanProgressRows> ReadAsync(PlanProgressQuestion question, CancellationToken ct)
    {
        List<NpgsqlBatchCommand> commands =
        [
            Command(PlanProgressSql.Figures(question.ByChild), question, Of(NpgsqlDbType.Date, question.On), Of(NpgsqlDbType.TimestampTz, clock.GetUtcNow().UtcDateTime)),
            Command(PlanProgressSql.Coverage(question.ByChild), question),
            Command(
                PlanProgressSql.Quarters, question,
                Of(NpgsqlDbType.Array | NpgsqlDbType.Date, question.Quarters.Select(q => q.First).ToArray()),
                Of(NpgsqlDbType.Array | NpgsqlDbType.Date, question.Quarters.Select(q => q.Last).ToArray())),
        ];
        if (question.ByChild)
            commands.Add(new(PlanProgressSql.Children) { Parameters = { Of(NpgsqlDbType.Uuid, caller.TenantId), Of(NpgsqlDbType.Uuid, question.OrganizationId) } });
        return reader.ExecuteAsync(commands, ReadAsync, ct);
    }

    private NpgsqlBatchCommand Command(string sql, PlanProgressQuestion question, params NpgsqlParameter[] further)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Of(NpgsqlDbType.Uuid, caller.TenantId));
        command.Parameters.Add(Of(NpgsqlDbType.Uuid, question.OrganizationId));
        command.Parameters.Add(Of(NpgsqlDbType.Array | NpgsqlDbType.Text, question.Statuses));
        foreach (var parameter in further)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static async Task<PlanProgressRows> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var figures = await ListAsync(
            rows,
            r => new PlanProgressFigures(
                Child(r), r.GetInt32(1), r.GetFieldValue<int[]>(2), r.GetFieldValue<int[]>(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetDecimal(7),
                r.GetDecimal(8), r.GetInt32(9), r.GetDecimal(10), r.GetInt32(11), r.GetDecimal(12)),
            ct);
        await rows.NextResultAsync(ct);
        var coverage = await ListAsync(rows, r => new PlanCoverageFigures(Child(r), EnumText.Parse<OrganizationKind>(r.GetString(1)), r.GetInt32(2), r.GetInt32(3)), ct);
        await rows.NextResultAsync(ct);
        var quarters = await ListAsync(rows, r => new PlanQuarterFigures(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), ct);
        var children = await rows.NextResultAsync(ct)
            ? await ListAsync(rows, r => new PlanProgressChild(r.GetGuid(0), EnumText.Parse<OrganizationKind>(r.GetString(1)), r.GetString(2), r.GetBoolean(3)), ct)
            : [];
        return new(figures, coverage, quarters, children);
    }

    private static Guid? Child(NpgsqlDataReader row) => row.IsDBNull(0) ? null : row.GetGuid(0);

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var list = new List<T>();
        while (await rows.ReadAsync(ct))
            list.Add(read(rows));
        return list;
    }
}
