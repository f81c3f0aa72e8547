using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Persistence.Assessments;

/// <summary>All that was answered in one assessment, added up.</summary>
/// <param name="Whole">Everybody.</param>
/// <param name="Roles">People by role; those without a role are in the whole alone.</param>
/// <param name="Submitted">Responses that were handed in, of those that are counted.</param>
internal sealed record Answers(GroupTally Whole, IReadOnlyDictionary<string, GroupTally> Roles, int Submitted);

/// <summary>Reads packed answers and adds them up. A response counts when it has a rating, handed in or not; paper tallies count as they are.</summary>
internal sealed class AnswerReader(TenantReader reader, Caller caller)
{
    /// <summary>Results are broken down by so many roles at most: those with most people, of equal ones the first by name.</summary>
    public const int MaxRoles = Domain.Assessments.Assessment.MaxRoles;

    /// <summary>Adds up the answers of assessments, each by its own layout, in one round trip.</summary>
    public async Task<Dictionary<Guid, Answers>> ReadAsync(IReadOnlyDictionary<Guid, InstrumentLayout> assessments, CancellationToken ct)
    {
        var sums = assessments.ToDictionary(entry => entry.Key, entry => new Sum(entry.Value));
        await reader.ExecuteAsync(
            [
                Select("select assessment_id, role, status = 'submitted', levels from pls.response where tenant_id = $1 and assessment_id = any($2)", assessments.Keys),
                Select("select assessment_id, role, participants, counts from pls.tally where tenant_id = $1 and assessment_id = any($2)", assessments.Keys),
            ],
            async (rows, token) =>
            {
                while (await rows.ReadAsync(token))
                    sums[rows.GetGuid(0)].AddResponse(RoleOf(rows), rows.GetBoolean(2), rows.GetFieldValue<short?[]>(3));
                await rows.NextResultAsync(token);
                while (await rows.ReadAsync(token))
                    sums[rows.GetGuid(0)].AddTally(RoleOf(rows), rows.GetInt32(2), rows.GetFieldValue<int[]>(3));
                return true;
            },
            ct);
        return sums.ToDictionary(entry => entry.Key, entry => entry.Value.ToAnswers());
    }

    /// <summary>Adds up the answers of one assessment, and reads the tenant's minimum group size with them.</summary>
    public async Task<(Answers Answers, int MinimumGroupSize)> ReadOneAsync(Guid assessmentId, InstrumentLayout layout, CancellationToken ct)
    {
        var minimum = await reader.ExecuteAsync(
            new NpgsqlBatchCommand("select minimum_group_size from pls.tenant where id = $1") { Parameters = { new() { Value = caller.TenantId } } },
            async (rows, token) => await rows.ReadAsync(token) ? rows.GetInt32(0) : throw new InvalidOperationException("The tenant is gone."),
            ct);
        var answers = await ReadAsync(new Dictionary<Guid, InstrumentLayout> { [assessmentId] = layout }, ct);
        return (answers[assessmentId], minimum);
    }

    private NpgsqlBatchCommand Select(string sql, IEnumerable<Guid> ids) => new(sql)
    {
        Parameters = { new() { Value = caller.TenantId }, new() { Value = ids.ToArray() } },
    };

    private static string? RoleOf(NpgsqlDataReader row) => row.IsDBNull(1) ? null : row.GetString(1);

    private sealed class Sum(InstrumentLayout layout)
    {
        private readonly Dictionary<string, Group> _roles = new(StringComparer.Ordinal);
        private readonly Group _whole = new(layout.CountsLength);
        private int _submitted;

        public void AddResponse(string? role, bool submitted, short?[] levels)
        {
            if (levels.All(level => level is null))
                return;

            _submitted += submitted ? 1 : 0;
            foreach (var group in GroupsOf(role))
            {
                LevelCounts.AddResponse(group.Counts, layout, levels);
                group.Responses++;
                group.Participants++;
            }
        }

        public void AddTally(string? role, int participants, int[] counts)
        {
            foreach (var group in GroupsOf(role))
            {
                LevelCounts.Add(group.Counts, counts);
                group.Participants += participants;
            }
        }

        public Answers ToAnswers() => new(
            _whole.ToTally(),
            _roles.OrderByDescending(role => role.Value.Participants).ThenBy(role => role.Key, StringComparer.Ordinal)
                .Take(MaxRoles).ToDictionary(role => role.Key, role => role.Value.ToTally()),
            _submitted);

        private Group[] GroupsOf(string? role)
        {
            if (role is null)
                return [_whole];
            if (!_roles.TryGetValue(role, out var group))
                _roles.Add(role, group = new Group(layout.CountsLength));
            return [_whole, group];
        }
    }

    private sealed class Group(int length)
    {
        public int[] Counts { get; } = new int[length];

        public int Responses { get; set; }

        public int Participants { get; set; }

        public GroupTally ToTally() => new(Counts, Responses, Participants);
    }
}
