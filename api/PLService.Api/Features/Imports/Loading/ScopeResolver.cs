using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>An assessment that rows of the file belong to.</summary>
internal sealed record TargetAssessment(Guid Id, Guid OrganizationId, InstrumentLayout Layout, Guid InstrumentTenantId, Guid InstrumentVersionId, AssessmentMode Mode, string[] Roles, string Round)
{
    /// <summary>What the import makes it from; null when it was there.</summary>
    public AssessmentScope? MadeFrom { get; init; }
}

/// <summary>Why a scope comes to no assessment, and which column says so.</summary>
internal sealed record ScopeFault(string Code, string Detail, Field Column, string? Value);

/// <summary>What a scope of the file came to: an assessment, or why there is none.</summary>
internal readonly record struct ResolvedScope(TargetAssessment? Target, ScopeFault? Fault)
{
    public static ResolvedScope No(string code, string detail, Field column, string? value) => new(null, new(code, detail, column, value));
}

/// <summary>Finds the assessments that a file names, a batch of names at a time and each name once.</summary>
internal sealed class ScopeResolver(NpgsqlConnection connection, Caller caller, ImportOptions options, InstrumentVersions versions)
{
    private readonly ScopeQueries _queries = new(connection, caller);
    private readonly List<ResolvedScope> _resolved = [];
    private readonly Dictionary<(Guid Organization, string Key), TargetAssessment> _made = [];
    private readonly Dictionary<Guid, TargetAssessment> _byId = [];
    private readonly Dictionary<string, FixedVersion?> _instruments = new(StringComparer.Ordinal);

    /// <summary>Every assessment that the file names, made ones included.</summary>
    public IReadOnlyCollection<TargetAssessment> Targets => _byId.Values;

    /// <summary>Whether the file names an assessment in several ways.</summary>
    public bool HasAliases { get; private set; }

    public ResolvedScope this[int scope] => _resolved[scope];

    /// <summary>Resolves the scopes that came since the last call.</summary>
    public async Task ResolveAsync(ReadOnlyMemory<AssessmentScope> scopes, CancellationToken ct)
    {
        if (_resolved.Count >= scopes.Length)
            return;

        var added = scopes[_resolved.Count..].ToArray();
        var organizations = await _queries.FindOrganizationsAsync(added, ct);
        var found = await _queries.FindAssessmentsAsync(added, organizations, ct);
        foreach (var scope in added)
            _resolved.Add(await ResolveAsync(scope, organizations, found, ct));
    }

    /// <summary>Whether somebody else has made one of the assessments that are to be made, since it was looked for.</summary>
    public async Task<bool> IsAnyMadeMeanwhileAsync(CancellationToken ct)
    {
        var scopes = _made.Values.Select(target => target.MadeFrom!).ToArray();
        var organizations = await _queries.FindOrganizationsAsync(scopes, ct);
        var found = await _queries.FindAssessmentsAsync(scopes, organizations, ct);
        return _made.Values.Any(target => found.Of(target.MadeFrom!, target.OrganizationId).Count > 0);
    }

    private async Task<ResolvedScope> ResolveAsync(
        AssessmentScope scope, Dictionary<(string, string), FoundOrganization> organizations, FoundAssessments found, CancellationToken ct)
    {
        FoundOrganization? organization = null;
        if (scope.Organization is { } reference && !organizations.TryGetValue(ScopeQueries.KeyOf(reference), out organization))
        {
            return ResolvedScope.No(ImportLoadCodes.UnknownOrganization, $"No organization that you can reach has the id {reference}. Import organizations first, or mind leading zeros.",
                Field.Organization, reference.Value ?? reference.Id?.ToString());
        }

        var candidates = found.Of(scope, organization?.Id);
        if (candidates.Count > 1)
            return No(scope, ImportLoadCodes.AmbiguousAssessment, "Several assessments fit; name the organization, or the assessment's id or external id.");
        if (candidates is [var one])
            return await ExistingAsync(scope, one, ct);
        return await MakeAsync(scope, organization, ct);
    }

    private async Task<ResolvedScope> ExistingAsync(AssessmentScope scope, FoundAssessment found, CancellationToken ct)
    {
        if (scope.Instrument is { } named && named != found.Instrument)
            return ResolvedScope.No(ImportLoadCodes.OtherInstrument, $"The assessment uses the instrument {found.Instrument}.", Field.Instrument, named);
        if (found.Status is not AssessmentStatus.Open)
        {
            return No(scope, ImportLoadCodes.ClosedAssessment, found.Status is AssessmentStatus.Draft
                ? "The assessment is a draft; open it first."
                : "The assessment is closed; reopen it first, or name another.");
        }

        if (_byId.TryGetValue(found.Id, out var target))
        {
            HasAliases = true;
        }
        else
        {
            var version = await versions.GetAsync(found.InstrumentTenantId, found.InstrumentVersionId, ct);
            target = new TargetAssessment(
                found.Id, found.OrganizationId, version.Layout, found.InstrumentTenantId, found.InstrumentVersionId, found.Mode, found.Roles, found.Round);
            _byId[found.Id] = target;
        }

        return new(target, null);
    }

    private async Task<ResolvedScope> MakeAsync(AssessmentScope scope, FoundOrganization? organization, CancellationToken ct)
    {
        if (!options.CreateAssessments || scope.AssessmentId is not null)
        {
            return No(scope, ImportLoadCodes.UnknownAssessment, scope.AssessmentId is not null
                ? "No assessment that you can reach has this id."
                : "No assessment that you can reach fits. Create it first, or send createAssessments=true with organization, instrument and round.");
        }

        if (organization is not { } owner || scope.Instrument is null || scope.Round is null)
        {
            return No(scope, ImportLoadCodes.UnknownAssessment,
                "The assessment does not exist, and to create it the file or the request has to name organization, instrument and round.");
        }

        if (Unfit(scope, owner) is { } unfit)
            return new(null, unfit);
        if (await InstrumentAsync(scope.Instrument, scope.InstrumentVersion, ct) is not { } version)
        {
            return ResolvedScope.No(ImportLoadCodes.UnknownInstrument, $"There is no published instrument {scope.Instrument} {scope.InstrumentVersion}".TrimEnd() + ".",
                Field.Instrument, scope.Instrument);
        }

        var key = (owner.Id, scope.AssessmentExternalId ?? $"\n{scope.Instrument}\n{scope.Round}");
        if (!_made.TryGetValue(key, out var target))
        {
            target = new TargetAssessment(Guid.CreateVersion7(), owner.Id, version.Layout, version.TenantId, version.Id, options.Mode, [], scope.Round) { MadeFrom = scope };
            (_made[key], _byId[target.Id]) = (target, target);
            return new(target, null);
        }

        HasAliases = true;
        return target.InstrumentVersionId == version.Id && target.Round == scope.Round
            ? new(target, null)
            : No(scope, ImportCodes.ConflictingRow, "An earlier row gives this assessment another instrument, version or round.");
    }

    // What creating an assessment by itself would refuse, too.
    private static ScopeFault? Unfit(AssessmentScope scope, FoundOrganization owner)
    {
        if (owner.IsClosed)
            return new(AssessmentErrors.OrganizationIsClosed.Code, AssessmentErrors.OrganizationIsClosed.Message, Field.Organization, scope.Organization?.Value);
        if (scope.AssessmentExternalId?.Length > Assessment.ExternalIdMaxLength)
            return new(ImportCodes.CellTooLong, $"The external id of an assessment has at most {Assessment.ExternalIdMaxLength} characters.", Field.AssessmentExternalId, scope.AssessmentExternalId);
        if (scope.Round?.Length > Assessment.RoundMaxLength)
            return new(ImportCodes.CellTooLong, $"The label of a round has at most {Assessment.RoundMaxLength} characters.", Field.Round, scope.Round);
        return scope.WindowOpens > scope.WindowCloses
            ? new(ImportCodes.BadDate, "The window closes before it opens.", Field.WindowCloses, $"{scope.WindowCloses:yyyy-MM-dd}")
            : null;
    }

    // Told where the file says which assessment it means.
    private static ResolvedScope No(AssessmentScope scope, string code, string detail) =>
        scope.AssessmentId is { } id ? ResolvedScope.No(code, detail, Field.AssessmentId, id.ToString())
        : scope.AssessmentExternalId is { } external ? ResolvedScope.No(code, detail, Field.AssessmentExternalId, external)
        : ResolvedScope.No(code, detail, Field.Round, scope.Round);

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
}
