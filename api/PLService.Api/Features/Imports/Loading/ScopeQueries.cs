using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Looks up what a file names: all of a batch in one query each.</summary>
internal sealed class ScopeQueries(NpgsqlConnection connection, Caller caller)
{
    public async Task<Dictionary<(string, string), FoundOrganization>> FindOrganizationsAsync(AssessmentScope[] scopes, CancellationToken ct)
    {
        var references = scopes.Select(s => s.Organization).OfType<OrganizationReference>().Distinct().ToList();
        var found = new Dictionary<(string, string), FoundOrganization>();
        if (references.Count == 0)
            return found;

        await using var command = new NpgsqlCommand(
            """
            select w.system, w.value, o.id, o.status
            from unnest($2::text[], $3::text[]) w(system, value)
            join pls.organization_identifier i on w.system <> '' and i.tenant_id = $1 and i.system = w.system and i.value = w.value and i.valid_to is null
            join pls.organization o on o.tenant_id = $1 and o.id = i.organization_id
            where $4::uuid[] is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($4) and c.descendant_id = o.id)
            union all
            select w.system, w.value, o.id, o.status
            from unnest($2::text[], $3::text[]) w(system, value)
            join pls.organization o on w.system = '' and o.tenant_id = $1 and o.id = case when w.system = '' then w.value::uuid end
            where $4::uuid[] is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($4) and c.descendant_id = o.id)
            """, connection)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = references.Select(r => KeyOf(r).Item1).ToArray() },
                new() { Value = references.Select(r => KeyOf(r).Item2).ToArray() },
                new() { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found[(reader.GetString(0), reader.GetString(1))] = new(reader.GetGuid(2), reader.GetString(3) is "closed");
        return found;
    }

    public async Task<FoundAssessments> FindAssessmentsAsync(AssessmentScope[] scopes, Dictionary<(string, string), FoundOrganization> organizations, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.id, a.organization_id, a.external_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.round, i.code
            from pls.assessment a
            join pls.instrument_version v on v.tenant_id = a.instrument_tenant_id and v.id = a.instrument_version_id
            join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id
            where a.tenant_id = $1
              and (a.id = any($2) or a.external_id = any($3) or (a.organization_id = any($4) and a.round = any($5)))
              and ($6::uuid[] is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($6) and c.descendant_id = a.organization_id))
            """, connection)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = scopes.Select(s => s.AssessmentId).OfType<Guid>().Distinct().ToArray() },
                new() { Value = scopes.Select(s => s.AssessmentExternalId).OfType<string>().Distinct().ToArray() },
                new() { Value = organizations.Values.Select(o => o.Id).Distinct().ToArray() },
                new() { Value = scopes.Where(s => s.AssessmentId is null && s.AssessmentExternalId is null).Select(s => s.Round).OfType<string>().Distinct().ToArray() },
                new() { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
        var found = new List<FoundAssessment>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new FoundAssessment(
                reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                Persistence.EnumText.Parse<AssessmentStatus>(reader.GetString(3)), Persistence.EnumText.Parse<AssessmentMode>(reader.GetString(4)),
                reader.GetFieldValue<string[]>(5), reader.GetGuid(6), reader.GetGuid(7), reader.GetString(8), reader.GetString(9)));
        }

        return new(found);
    }

    /// <summary>An organization as a file names it: system and outside id, or nothing and our own id.</summary>
    public static (string System, string Value) KeyOf(OrganizationReference reference) =>
        reference.Id is { } id ? ("", id.ToString()) : (reference.System!, reference.Value!);
}

/// <summary>An organization that the caller reaches.</summary>
internal sealed record FoundOrganization(Guid Id, bool IsClosed);

/// <summary>An assessment that the caller reaches.</summary>
internal sealed record FoundAssessment(
    Guid Id, Guid OrganizationId, string? ExternalId, AssessmentStatus Status, AssessmentMode Mode, string[] Roles,
    Guid InstrumentTenantId, Guid InstrumentVersionId, string Round, string Instrument);

/// <summary>What was found, by each of the ways in which a file can name it.</summary>
internal sealed class FoundAssessments(List<FoundAssessment> found)
{
    private readonly ILookup<Guid, FoundAssessment> _byId = found.ToLookup(f => f.Id);
    private readonly ILookup<string, FoundAssessment> _byExternalId = found.Where(f => f.ExternalId is not null).ToLookup(f => f.ExternalId!);
    private readonly ILookup<(Guid, string, string), FoundAssessment> _byRound = found.ToLookup(f => (f.OrganizationId, f.Instrument, f.Round));

    public List<FoundAssessment> Of(AssessmentScope scope, Guid? organization)
    {
        var named = scope.AssessmentId is { } id ? _byId[id]
            : scope.AssessmentExternalId is { } external ? _byExternalId[external]
            : organization is { } owner && scope is { Instrument: { } instrument, Round: { } round } ? _byRound[(owner, instrument, round)]
            : [];
        return [.. named.Where(f => organization is null || f.OrganizationId == organization)];
    }
}
