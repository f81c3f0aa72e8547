using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>Whose dates are asked for: people's, a team's, or with neither those of all plans.</summary>
internal sealed record DueQuery(DateOnly Since, DateOnly Before)
{
    /// <summary>People, each with today's date where they are.</summary>
    public IReadOnlyDictionary<Guid, DateOnly>? People { get; init; }

    /// <summary>Of people: the roles that lead.</summary>
    public IReadOnlyList<Role> Leading { get; init; } = [];

    public Guid? TeamId { get; init; }

    /// <summary>The plans must be of organizations below one of these; null is the whole tenant.</summary>
    public Guid[]? Roots { get; init; }

    /// <summary>And below this one.</summary>
    public Guid? WithinId { get; init; }

    /// <summary>That is all of the tenant, or most of it: of plans, then, a page is read in the order of days and not plan by plan.</summary>
    public bool IsWide { get; init; }

    /// <summary>Steps that are done or dropped too.</summary>
    public bool WithFinished { get; init; }

    /// <summary>Where the page before ended.</summary>
    public (DateOnly DueOn, Guid Id)? After { get; init; }

    /// <summary>How many are wanted; when it is asked for firsts, of each person.</summary>
    public int Take { get; init; }
}

/// <summary>Something of an active plan that has a day.</summary>
/// <param name="PersonId">For whom; null unless it was asked for people.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The step or cycle; of a check-in the plan.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="Plan">What the plan is called.</param>
/// <param name="OrganizationId">Whose plan it is.</param>
/// <param name="Organization">What that is called.</param>
/// <param name="TimeZone">Where that is.</param>
/// <param name="DueOn">The day.</param>
/// <param name="Title">What is to be done; of a check-in what the plan is called.</param>
/// <param name="Mark">Days after the first of the plan, of a check-in.</param>
/// <param name="Status">How far a step or cycle is.</param>
/// <param name="OwnerPersonId">The person who sees to a step.</param>
/// <param name="OwnerTeamId">The team that sees to it.</param>
/// <param name="CarriedOver">At how many check-ins it was carried over.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Total">How many the person has in all, when it was asked for firsts.</param>
internal sealed record DueRow(
    Guid? PersonId, DueKind Kind, Guid Id, Guid PlanId, string Plan, Guid OrganizationId, string Organization, string TimeZone, DateOnly DueOn, string Title,
    int? Mark, string? Status, Guid? OwnerPersonId, Guid? OwnerTeamId, int CarriedOver, DateTimeOffset UpdatedAt, int Total);

/// <summary>Finds what of active plans is due: action steps, check-ins and improvement cycles.</summary>
internal sealed class DueReader(TenantReader reader, Caller caller)
{
    /// <summary>A page, in the order of days.</summary>
    public Task<List<DueRow>> PageAsync(DueQuery query, CancellationToken ct) => reader.ExecuteAsync(
        Command(DueSql.Page(query is { People: null, TeamId: null, IsWide: true, WithFinished: false } ? DueSql.PageOfAllPlans : Items(query)), query), ReadAsync, ct);

    /// <summary>How many there are on all pages.</summary>
    public Task<long> CountAsync(DueQuery query, CancellationToken ct) => reader.ExecuteAsync(
        Command(DueSql.Count(Items(query)), query), async (rows, token) => await rows.ReadAsync(token) ? rows.GetInt64(0) : 0, ct);

    /// <summary>The first ones of each person.</summary>
    public Task<List<DueRow>> FirstsAsync(DueQuery query, CancellationToken ct) => reader.ExecuteAsync(Command(DueSql.Firsts(Items(query)), query), ReadAsync, ct);

    private static string Items(DueQuery query) => query.People is not null ? DueSql.OfPeople : query.TeamId is not null ? DueSql.OfTeam : DueSql.OfPlans;

    private NpgsqlBatchCommand Command(string sql, DueQuery query)
    {
        var command = new NpgsqlBatchCommand(sql);
        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });

        Add(NpgsqlDbType.Uuid, caller.TenantId);
        Add(NpgsqlDbType.Date, query.Since);
        Add(NpgsqlDbType.Date, query.Before);
        Add(NpgsqlDbType.Array | NpgsqlDbType.Uuid, query.Roots);
        Add(NpgsqlDbType.Uuid, query.WithinId);
        Add(NpgsqlDbType.Boolean, query.WithFinished);
        Add(NpgsqlDbType.Array | NpgsqlDbType.Uuid, query.People?.Keys.ToArray());
        Add(NpgsqlDbType.Array | NpgsqlDbType.Date, query.People?.Values.ToArray());
        Add(NpgsqlDbType.Array | NpgsqlDbType.Text, query.Leading.Select(EnumText.Of).ToArray());
        Add(NpgsqlDbType.Uuid, query.TeamId);
        Add(NpgsqlDbType.Date, query.After?.DueOn);
        Add(NpgsqlDbType.Uuid, query.After?.Id);
        Add(NpgsqlDbType.Integer, query.Take);
        return command;
    }

    private static async Task<List<DueRow>> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var found = new List<DueRow>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                Id(0), EnumText.Parse<DueKind>(rows.GetString(1)), rows.GetGuid(2), rows.GetGuid(3), rows.GetString(4), rows.GetGuid(5), rows.GetString(6), rows.GetString(7),
                rows.GetFieldValue<DateOnly>(8), rows.GetString(9), rows.IsDBNull(10) ? null : rows.GetInt32(10), rows.IsDBNull(11) ? null : rows.GetString(11), Id(12), Id(13),
                rows.GetInt32(14), rows.GetFieldValue<DateTimeOffset>(15), rows.GetInt32(16)));
        }

        return found;

        Guid? Id(int column) => rows.IsDBNull(column) ? null : rows.GetGuid(column);
    }
}
