using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>An assessment that rows of the file belong to.</summary>
internal sealed record TargetAssessment(Guid Id, Guid OrganizationId, InstrumentLayout Layout, Guid InstrumentTenantId, Guid InstrumentVersionId, AssessmentMode Mode, string[] Roles, string Round)
{
    /// <summary>What the import makes it from; null when it was there.</summary>
    public AssessmentScope? MadeFrom { get; init; }
}

/// <summary>What a scope of the file came to: an assessment, or why there is none.</summary>
internal readonly record struct ResolvedScope(TargetAssessment? Target, string? Code, string? Detail);

/// <summary>Finds the assessments that a file names, a batch of names at a time and each name once.</summary>
internal sealed class ScopeResolver(NpgsqlConnection connection, Caller caller, ImportOptions options, InstrumentVersions versions)
{
    private readonly List<ResolvedScope> _resolved = [];
    private readonly Dictionary<(Guid Organization, string Key), TargetAssessment> _targets = [];
    private readonly Dictionary<string, FixedVersion?> _instruments = new(StringComparer.Ordinal);

    /// <summary>Every assessment that the file names, made ones included.</summary>
    public IReadOnlyCollection<TargetAssessment> Targets => _byId.Values;

    private readonly Dictionary<Guid, TargetAssessment> _byId = [];

    public ResolvedScope this[int scope] => _resolved[scope];

    /// <summary>Resolves the scopes that came since the last call.</summary>
    public async Task ResolveAsync(ReadOnlyMemory<AssessmentScope> scopes, CancellationToken ct)
    {
        if (_resolved.Count == scopes.Length)
            return;

        var added = scopes[_resolved.Count..].ToArray();
        var organizations = await FindOrganizationsAsync(added, ct);
        var found = new FoundAssessments(await FindAssessmentsAsync(added, organizations, ct));
        foreach (var scope in added)
            _resolved.Add(await ResolveAsync(scope, organizations, found, ct));
    }

    private async Task<ResolvedScope> ResolveAsync(
        AssessmentScope scope, Dictionary<(string, string), Guid> organizations, FoundAssessments found, CancellationToken ct)
    {
        Guid? organization = null;
        if (scope.Organization is { } reference)
        {
            if (!organizations.TryGetValue(KeyOf(reference), out var id))
                return new(null, ImportLoadCodes.UnknownOrganization, $"No organization that you can reach has the id {reference}. Import organizations first, or mind leading zeros.");
            organization = id;
        }

        var candidates = found.Of(scope, organization);
        if (candidates.Count > 1)
            return new(null, ImportLoadCodes.AmbiguousAssessment, "Several assessments fit; name the organization, or the assessment's id or external id.");
        if (candidates is [var one])
            return await ExistingAsync(one, ct);
        return await MakeAsync(scope, organization, ct);
    }

    private async Task<ResolvedScope> ExistingAsync(Found found, CancellationToken ct)
    {
        if (found.Status is not AssessmentStatus.Open)
        {
            return new(null, ImportLoadCodes.ClosedAssessment, found.Status is AssessmentStatus.Draft
                ? "The assessment is a draft; open it first."
                : "The assessment is closed; reopen it first, or name another.");
        }

        if (!_byId.TryGetValue(found.Id, out var target))
        {
            var version = await versions.GetAsync(found.InstrumentTenantId, found.InstrumentVersionId, ct);
            target = new TargetAssessment(
                found.Id, found.OrganizationId, version.Layout, found.InstrumentTenantId, found.InstrumentVersionId, found.Mode, found.Roles, found.Round);
            _byId[found.Id] = target;
        }

        return new(target, null, null);
    }

    private async Task<ResolvedScope> MakeAsync(AssessmentScope scope, Guid? organization, CancellationToken ct)
    {
        if (!options.CreateAssessments || scope.AssessmentId is not null)
        {
            return new(null, ImportLoadCodes.UnknownAssessment, scope.AssessmentId is not null
                ? "No assessment that you can reach has this id."
                : "No assessment that you can reach fits. Create it first, or send createAssessments=true with organization, instrument and round.");
        }

        if (organization is not { } owner || scope.Instrument is null || scope.Round is null)
        {
            return new(null, ImportLoadCodes.UnknownAssessment,
                "The assessment does not exist, and to create it the file or the request has to name organization, instrument and round.");
        }

        if (await InstrumentAsync(scope.Instrument, scope.InstrumentVersion, ct) is not { } version)
            return new(null, ImportLoadCodes.UnknownInstrument, $"There is no published instrument {scope.Instrument} {scope.InstrumentVersion}.".Replace(" .", "."));

        var key = (owner, scope.AssessmentExternalId ?? $"{scope.Instrument}\n{scope.Round}");
        if (!_targets.TryGetValue(key, out var target))
        {
            target = new TargetAssessment(Guid.CreateVersion7(), owner, version.Layout, version.TenantId, version.Id, options.Mode, [], scope.Round) { MadeFrom = scope };
            (_targets[key], _byId[target.Id]) = (target, target);
        }

        return new(target, null, null);
    }

    private async Task<FixedVersion?> InstrumentAsync(string code, string? label, CancellationToken ct)
    {
        var key = $"{code}\n{label}";
        if (_instruments.TryGetValue(key, out var known))
            return known;

        await using var command = new NpgsqlCommand(
            """
            select v.tenant_id, v.id from pls.instrument_version v
            join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id
            where i.code = $1 and ($2::text is null or v.label = $2) and v.status = 'published'
            order by v.published_at desc limit 1
            """, connection)
        {
            Parameters = { new() { Value = code }, new() { Value = (object?)label ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } },
        };
        (Guid, Guid)? found = null;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct))
                found = (reader.GetGuid(0), reader.GetGuid(1));
        }

        return _instruments[key] = found is { } id ? await versions.GetAsync(id.Item1, id.Item2, ct) : null;
    }

    private async Task<Dictionary<(string, string), Guid>> FindOrganizationsAsync(AssessmentScope[] scopes, CancellationToken ct)
    {
        var references = scopes.Select(s => s.Organization).OfType<OrganizationReference>().Distinct().ToList();
        var found = new Dictionary<(string, string), Guid>();
        if (references.Count == 0)
            return found;

        await using var command = new NpgsqlCommand(
            """
            select w.system, w.value, o.id
            from unnest($2::text[], $3::text[]) w(system, value)
            join pls.organization_identifier i on w.system <> '' and i.tenant_id = $1 and i.system = w.system and i.value = w.value and i.valid_to is null
            join pls.organization o on o.tenant_id = $1 and o.id = i.organization_id
            where $4::uuid is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = $4 and c.descendant_id = o.id)
            union all
            select w.system, w.value, o.id
            from unnest($2::text[], $3::text[]) w(system, value)
            join pls.organization o on w.system = '' and o.tenant_id = $1 and o.id = case when w.system = '' then w.value::uuid end
            where $4::uuid is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = $4 and c.descendant_id = o.id)
            """, connection)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = references.Select(r => KeyOf(r).Item1).ToArray() },
                new() { Value = references.Select(r => KeyOf(r).Item2).ToArray() },
                new() { Value = (object?)caller.OrganizationId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found[(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        return found;
    }

    private async Task<List<Found>> FindAssessmentsAsync(AssessmentScope[] scopes, Dictionary<(string, string), Guid> organizations, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.id, a.organization_id, a.external_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.round, i.code
            from pls.assessment a
            join pls.instrument_version v on v.tenant_id = a.instrument_tenant_id and v.id = a.instrument_version_id
            join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id
            where a.tenant_id = $1
              and (a.id = any($2) or a.external_id = any($3) or (a.organization_id = any($4) and a.round = any($5)))
              and ($6::uuid is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = $6 and c.descendant_id = a.organization_id))
            """, connection)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = scopes.Select(s => s.AssessmentId).OfType<Guid>().Distinct().ToArray() },
                new() { Value = scopes.Select(s => s.AssessmentExternalId).OfType<string>().Distinct().ToArray() },
                new() { Value = organizations.Values.Distinct().ToArray() },
                new() { Value = scopes.Where(s => s.AssessmentId is null && s.AssessmentExternalId is null).Select(s => s.Round).OfType<string>().Distinct().ToArray() },
                new() { Value = (object?)caller.OrganizationId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        var found = new List<Found>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new Found(
                reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                Persistence.EnumText.Parse<AssessmentStatus>(reader.GetString(3)), Persistence.EnumText.Parse<AssessmentMode>(reader.GetString(4)),
                reader.GetFieldValue<string[]>(5), reader.GetGuid(6), reader.GetGuid(7), reader.GetString(8), reader.GetString(9)));
        }

        return found;
    }

    private static (string, string) KeyOf(OrganizationReference reference) =>
        reference.Id is { } id ? ("", id.ToString()) : (reference.System!, reference.Value!);

    private sealed record Found(
        Guid Id, Guid OrganizationId, string? ExternalId, AssessmentStatus Status, AssessmentMode Mode, string[] Roles,
        Guid InstrumentTenantId, Guid InstrumentVersionId, string Round, string Instrument);

    /// <summary>What was found, by each of the ways in which a file can name it.</summary>
    private sealed class FoundAssessments(List<Found> found)
    {
        private readonly ILookup<Guid, Found> _byId = found.ToLookup(f => f.Id);
        private readonly ILookup<string, Found> _byExternalId = found.Where(f => f.ExternalId is not null).ToLookup(f => f.ExternalId!);
        private readonly ILookup<(Guid, string, string), Found> _byRound = found.ToLookup(f => (f.OrganizationId, f.Instrument, f.Round));

        public List<Found> Of(AssessmentScope scope, Guid? organization)
        {
            var named = scope.AssessmentId is { } id ? _byId[id]
                : scope.AssessmentExternalId is { } external ? _byExternalId[external]
                : organization is { } owner && scope is { Instrument: { } instrument, Round: { } round } ? _byRound[(owner, instrument, round)]
                : [];
            return [.. named.Where(f => organization is null || f.OrganizationId == organization)];
        }
    }
}
