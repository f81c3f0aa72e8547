using System.Collections.Concurrent;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Persistence.Assessments;

/// <summary>What an open assessment says at a moment.</summary>
/// <param name="AsOf">When it was computed.</param>
/// <param name="Result">The figures, small groups withheld.</param>
internal sealed record LiveTally(DateTimeOffset AsOf, ResultDocument Result);

/// <summary>
/// One computation per assessment and second, whoever asks and however many: viewers share the one that runs or that ran last. In its own
/// scope, so that a viewer who leaves does not take the others' answer along.
/// </summary>
internal sealed class LiveTallies(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How old a shared answer gets. Reading and adding come on top; together they stay within two seconds.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Guid TenantId, Guid AssessmentId), Running> _running = new();

    /// <summary>The live tally of an assessment whose reader is known to reach it.</summary>
    public Task<LiveTally> GetAsync(Guid tenantId, Guid assessmentId, InstrumentLayout layout, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        var running = _running.AddOrUpdate(
            (tenantId, assessmentId),
            _ => Start(tenantId, assessmentId, layout, now),
            (_, known) => known.Value is { IsValueCreated: true, Value.IsFaulted: true } || clock.GetElapsedTime(known.Started, now) >= MaxAge
                ? Start(tenantId, assessmentId, layout, now)
                : known);
        Forget(now);
        return running.Value.Value.WaitAsync(ct);
    }

    // Lazy, because AddOrUpdate may make several and keeps one.
    private Running Start(Guid tenantId, Guid assessmentId, InstrumentLayout layout, long now) =>
        new(now, new Lazy<Task<LiveTally>>(() => ComputeAsync(tenantId, assessmentId, layout)));

    private async Task<LiveTally> ComputeAsync(Guid tenantId, Guid assessmentId, InstrumentLayout layout)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenantId));
        var asOf = clock.GetUtcNow();
        var (answers, minimum) = await scope.ServiceProvider.GetRequiredService<AnswerReader>().ReadOneAsync(assessmentId, layout, CancellationToken.None);
        var result = AssessmentResults.Compute(layout, answers.Whole, answers.Roles, minimum) with { Submitted = answers.Submitted };
        return new LiveTally(asOf, result);
    }

    /// <summary>Drops what nobody looks at any more, once there is much of it.</summary>
    private void Forget(long now)
    {
        if (_running.Count < 200)
            return;
        foreach (var (key, value) in _running)
        {
            if (clock.GetElapsedTime(value.Started, now) > MaxAge * 10)
                _running.TryRemove(new KeyValuePair<(Guid, Guid), Running>(key, value));
        }
    }

    private sealed record Running(long Started, Lazy<Task<LiveTally>> Value);
}
