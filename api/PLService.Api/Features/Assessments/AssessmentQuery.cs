using Npgsql;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// The list's SQL: only the conditions that were asked for, so that each combination is a statement of its own that PostgreSQL plans,
/// and Npgsql prepares, for itself. Every value is a parameter.
/// </summary>
internal sealed class AssessmentQuery
{
    private const string Below = "exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = {0} and c.descendant_id = a.organization_id)";

    private const string BelowAny = "exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any({0}) and c.descendant_id = a.organization_id)";

    private readonly List<string> _conditions = ["a.tenant_id = $1"];
    private readonly List<object> _values;

    public AssessmentQuery(Caller caller)
    {
        _values = [caller.TenantId];
        Where(BelowAny, caller.Roots);
    }

    public void Where(ListAssessments.Request request)
    {
        Where("a.organization_id = {0}", request.OrganizationId);
        Where(Below, request.WithinOrganizationId);
        Where("(a.instrument_tenant_id, a.instrument_version_id) in (select v.tenant_id, v.id from pls.instrument i join pls.instrument_version v "
            + "on v.tenant_id = i.tenant_id and v.instrument_id = i.id where i.code = {0})", request.Instrument);
        Where("a.round = {0}", request.Round);
        Where("a.status = {0}", request.Status is { } status ? EnumText.Of(status) : null);
        Where("a.external_id = {0}", request.ExternalId);
    }

    /// <summary>The page, and if asked for, the number of rows on all pages.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Commands(string? cursor, int take, bool count)
    {
        var all = Command($"select count(*) from pls.assessment a where {string.Join(" and ", _conditions)}");
        Where("a.id < {0}", Cursor.Id(cursor));
        var page = Command($"select {AssessmentRows.Columns} from pls.assessment a where {string.Join(" and ", _conditions)} order by a.id desc limit {Add(take)}");
        return count ? [page, all] : [page];
    }

    private void Where(string condition, object? value)
    {
        if (value is not null)
            _conditions.Add(condition.Replace("{0}", Add(value), StringComparison.Ordinal));
    }

    private string Add(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    private NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in _values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
