using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>A comment on a plan or on one part of it.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="ThreadId">The comment that it answers; null for one that opens a thread.</param>
/// <param name="PartId">The part that it is about; null for the whole plan.</param>
/// <param name="PartKind">What that part is.</param>
/// <param name="Text">What it says.</param>
/// <param name="PersonId">Who wrote it; null for a machine.</param>
/// <param name="PersonName">The name of that person.</param>
/// <param name="ApiClientId">The machine.</param>
/// <param name="ResolvedAt">When the thread was resolved; null while it is open.</param>
/// <param name="ResolvedByPersonId">Who resolved it; null for a machine.</param>
/// <param name="Earlier">What it said before, the oldest first.</param>
/// <param name="Answers">The answers to it, the oldest first.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When it was last changed or answered.</param>
/// <param name="Version">+1 per change and per answer; the ETag.</param>
internal sealed record PlanCommentResponse(
    Guid Id, Guid? ThreadId, Guid? PartId, PlanPartKind? PartKind, string Text, Guid? PersonId, string? PersonName, Guid? ApiClientId,
    DateTimeOffset? ResolvedAt, Guid? ResolvedByPersonId, IReadOnlyList<EarlierText> Earlier, IReadOnlyList<PlanCommentResponse> Answers,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version) : IVersioned
{
    internal static readonly PlanCommentResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000430"), null, Guid.Parse("01a2b3c4-0000-7000-8000-000000000402"), PlanPartKind.Step,
        "Who talks to the bargaining unit?", Guid.Parse("01a2b3c4-0000-7000-8000-000000000301"), "Ben Ortiz", null, null, null, [], [], PlanSamples.Time, PlanSamples.Time, 1);

    internal static readonly PlanCommentResponse SampleAnswer = Sample with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000431"),
        ThreadId = Sample.Id,
        Text = "Ada does, before October.",
        PersonId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"),
        PersonName = "Ada Moreno",
    };

    public static PlanCommentResponse Of(PlanComment comment, IEnumerable<PlanComment> answers, IReadOnlyDictionary<Guid, string> names) => new(
        comment.Id, comment.ThreadId, comment.PartId, comment.PartKind, comment.Text, comment.PersonId, comment.PersonId is { } person ? names.GetValueOrDefault(person) : null,
        comment.ApiClientId, comment.ResolvedAt, comment.ResolvedByPersonId, PlanJson.Read<List<EarlierText>>(comment.Earlier),
        [.. answers.OrderBy(answer => answer.Id).Select(answer => Of(answer, [], names))], comment.CreatedAt, comment.UpdatedAt, comment.Version);
}
