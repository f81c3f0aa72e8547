using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Persistence.Instruments;

/// <summary>A version that can no longer change: parsed once and shared.</summary>
/// <param name="TenantId">The tenant that owns it; the nil UUID for the system catalog.</param>
/// <param name="Id">Id of the version.</param>
/// <param name="Layout">Its document, and how responses are packed by it.</param>
internal sealed record FixedVersion(Guid TenantId, Guid Id, InstrumentLayout Layout)
{
    public string Code => Layout.Document.Code;

    public string Label => Layout.Document.Version;
}

/// <summary>Remembers versions that can no longer change, and which one an assessment uses, which never changes either.</summary>
internal sealed class InstrumentVersionCache : IDisposable
{
    private const int MaxVersions = 500;
    private const int MaxAssessments = 20_000;

    public MemoryCache Versions { get; } = new(new MemoryCacheOptions { SizeLimit = MaxVersions });

    public MemoryCache Assessments { get; } = new(new MemoryCacheOptions { SizeLimit = MaxAssessments });

    public void Dispose()
    {
        Versions.Dispose();
        Assessments.Dispose();
    }
}

/// <summary>Finds published and retired instrument versions, from memory once they were read.</summary>
internal sealed class InstrumentVersions(InstrumentVersionCache cache, TenantReader reader, Caller caller)
{
    /// <summary>The version that assessments name.</summary>
    /// <exception cref="InvalidOperationException">There is no such version for this tenant, or it is a draft: no assessment refers to one.</exception>
    public async Task<FixedVersion> GetAsync(Guid instrumentTenantId, Guid versionId, CancellationToken ct)
    {
        // Memory is shared by all tenants, so that the wall has to stand here too.
        if (instrumentTenantId != caller.TenantId && instrumentTenantId != Guid.Empty)
            throw new InvalidOperationException($"Version {versionId} belongs to another tenant.");
        if (cache.Versions.TryGetValue((instrumentTenantId, versionId), out FixedVersion? known))
            return known!;

        var json = await reader.ExecuteAsync(
            new NpgsqlBatchCommand("select document::text from pls.instrument_version where tenant_id = $1 and id = $2 and status <> 'draft'")
            {
                Parameters = { new() { Value = instrumentTenantId }, new() { Value = versionId } },
            },
            async (rows, token) => await rows.ReadAsync(token) ? rows.GetString(0) : null,
            ct) ?? throw new InvalidOperationException($"There is no fixed instrument version {versionId}.");
        return Remember(instrumentTenantId, versionId, InstrumentJson.Read(json));
    }

    /// <summary>Keeps a version that was read anyway.</summary>
    public FixedVersion Remember(Guid instrumentTenantId, Guid versionId, InstrumentDocument document) => cache.Versions.Set(
        (instrumentTenantId, versionId),
        new FixedVersion(instrumentTenantId, versionId, InstrumentLayout.Of(document)),
        new MemoryCacheEntryOptions { Size = 1 });

    /// <summary>
    /// The version that an assessment of this tenant uses; null when there is no such assessment. Whether the caller reaches the
    /// assessment is not asked here: whoever packs a body by it still has to.
    /// </summary>
    public async Task<FixedVersion?> OfAssessmentAsync(Guid assessmentId, CancellationToken ct)
    {
        var key = (caller.TenantId, assessmentId);
        if (!cache.Assessments.TryGetValue(key, out (Guid TenantId, Guid Id) version))
        {
            var found = await reader.ExecuteAsync(
                new NpgsqlBatchCommand("select instrument_tenant_id, instrument_version_id from pls.assessment where tenant_id = $1 and id = $2")
                {
                    Parameters = { new() { Value = caller.TenantId }, new() { Value = assessmentId } },
                },
                async (rows, token) => await rows.ReadAsync(token) ? (rows.GetGuid(0), rows.GetGuid(1)) : ((Guid, Guid)?)null,
                ct);
            if (found is null)
                return null;
            version = cache.Assessments.Set(key, found.Value, new MemoryCacheEntryOptions { Size = 1 });
        }

        return await GetAsync(version.TenantId, version.Id, ct);
    }
}
