using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Participants;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Persistence.Assessments;

/// <summary>
/// Closes and reopens assessments, one or many, inside the caller's transaction: answers are read once, the result is computed and frozen,
/// and the roll-ups follow. The caller has locked the assessments (<see cref="AssessmentGate.LockAsync"/>), or lets <see cref="CloseAsync"/> do it.
/// </summary>
/// <remarks>
/// Which answers count: every response with at least one rating, handed in or not, and every tally. Whoever rated has said something, and
/// few remember to hand in; the result says how many did.
/// </remarks>
internal sealed class AssessmentCloser(
    PLServiceDbContext db, TenantReader reader, AnswerReader answers, InstrumentVersions versions, RollupStore rollups, AuditTrail audit, Caller caller, TimeProvider clock)
{
    /// <summary>So many results are in memory at a time when many assessments close together.</summary>
    private const int AtATime = 50;

    /// <summary>Closes the assessments, all of them or none. Saves.</summary>
    /// <param name="assessmentIds">Assessments that the caller reaches: this is not asked again.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Why one of them cannot be closed; then the caller has to roll back.</returns>
    /// <exception cref="InvalidOperationException">There is no open transaction, or no such assessment.</exception>
    public async Task<DomainError?> CloseAsync(IReadOnlyList<Guid> assessmentIds, CancellationToken ct)
    {
        await LockAsync(assessmentIds, ct);
        var minimum = await db.Tenants.Select(tenant => tenant.MinimumGroupSize).SingleAsync(ct);
        foreach (var ids in assessmentIds.Distinct().Chunk(AtATime))
        {
            if (await CloseSomeAsync(ids, minimum, ct) is { } refused)
                return refused;
        }

        await rollups.AddAsync(assessmentIds, ct);
        return null;
    }

    /// <summary>Opens closed assessments again: their results stay as history, their figures leave the roll-ups. Saves.</summary>
    public async Task<DomainError?> ReopenAsync(Assessment assessment, string reason, CancellationToken ct)
    {
        if (assessment.Status is AssessmentStatus.Closed)
            await rollups.SubtractAsync([assessment.Id], ct);
        if (assessment.Reopen(clock.GetUtcNow(), reason) is { } refused)
            return refused;

        await db.AssessmentCounts.Where(counts => counts.AssessmentId == assessment.Id).ExecuteDeleteAsync(ct);
        audit.Record("assessment.reopened", assessment.Id, assessment.OrganizationId, new { reason });
        await db.SaveChangesAsync(ct);
        return null;
    }

    private async Task LockAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("Assessments close in a transaction: open one first.");
        // In one order, so that two who close the same ones wait for each other instead of deadlocking.
        await reader.ExecuteAsync(
            new NpgsqlBatchCommand("select from pls.assessment where tenant_id = $1 and id = any($2) order by id for update")
            {
                Parameters = { new() { Value = caller.TenantId }, new() { Value = ids.ToArray() } },
            },
            (_, _) => Task.FromResult(true),
            ct);
    }

    private async Task<DomainError?> CloseSomeAsync(Guid[] ids, int minimum, CancellationToken ct)
    {
        var assessments = await db.Assessments.Where(assessment => ids.Contains(assessment.Id)).ToListAsync(ct);
        if (assessments.Count != ids.Length)
            throw new InvalidOperationException("One of the assessments does not exist.");

        var layouts = new Dictionary<Guid, InstrumentLayout>();
        foreach (var assessment in assessments)
            layouts[assessment.Id] = (await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct)).Layout;
        var said = await answers.ReadAsync(layouts, ct);
        var commands = new List<NpgsqlBatchCommand>();
        foreach (var assessment in assessments)
        {
            if (assessment.Close(clock.GetUtcNow()) is { } refused)
                return refused;

            var (whole, roles, submitted) = said[assessment.Id];
            var document = AssessmentResults.Compute(layouts[assessment.Id], whole, roles, minimum) with { Submitted = submitted };
            commands.Add(Freeze(assessment, document.ToCanonicalJson()));
            commands.Add(Count(assessment.Id, "", whole));
            commands.AddRange(roles.Select(role => Count(assessment.Id, role.Key, role.Value)));
            audit.Record("assessment.closed", assessment.Id, assessment.OrganizationId, new { assessment.ResultRevision, whole.Responses, submitted });
        }

        await db.SaveChangesAsync(ct);
        await reader.ExecuteAsync([.. commands, .. ClosingShuffle.Of(caller.TenantId, ids)], (_, _) => Task.FromResult(true), ct);
        return null;
    }

    private NpgsqlBatchCommand Freeze(Assessment assessment, byte[] canonical) =>
        new("insert into pls.assessment_result (tenant_id, assessment_id, revision, frozen_at, sha256, document) values ($1, $2, $3, $4, $5, $6)")
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = assessment.Id },
                new() { Value = assessment.ResultRevision },
                new() { Value = assessment.ClosedAt },
                new() { Value = SHA256.HashData(canonical) },
                new() { Value = canonical, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };

    // "Responses" of a roll-up are people: those who answered one by one and those behind a tally.
    private NpgsqlBatchCommand Count(Guid assessmentId, string role, GroupTally tally) =>
        new("insert into pls.assessment_counts (tenant_id, assessment_id, role, responses, counts) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = assessmentId },
                new() { Value = role },
                new() { Value = tally.Participants },
                new() { Value = tally.Counts },
            },
        };
}
