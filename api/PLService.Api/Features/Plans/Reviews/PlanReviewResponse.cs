using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>One submission of a plan with its decision.</summary>
/// <param name="Round">1 for the first submission.</param>
/// <param name="Number">The version of the plan that was submitted.</param>
/// <param name="Note">What whoever submitted it wrote with it.</param>
/// <param name="SubmittedByPersonId">Who submitted it; null for a machine.</param>
/// <param name="SubmittedByName">The name of that person.</param>
/// <param name="SubmittedByClientId">The machine.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="Decision">What was decided; null while it waits, and when it was taken back.</param>
/// <param name="Comment">What was written with the decision.</param>
/// <param name="DecidedByPersonId">Who decided; null for a machine.</param>
/// <param name="DecidedByName">The name of that person.</param>
/// <param name="DecidedByClientId">The machine.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="WithdrawnByPersonId">Who took it back before there was a decision; null for a machine.</param>
/// <param name="WithdrawnByName">The name of that person.</param>
/// <param name="WithdrawnByClientId">The machine.</param>
/// <param name="WithdrawnAt">When; null when it was not taken back.</param>
internal sealed record PlanReviewResponse(
    int Round, int Number, string? Note, Guid? SubmittedByPersonId, string? SubmittedByName, Guid? SubmittedByClientId, DateTimeOffset SubmittedAt,
    PlanDecision? Decision, string? Comment, Guid? DecidedByPersonId, string? DecidedByName, Guid? DecidedByClientId, DateTimeOffset? DecidedAt,
    Guid? WithdrawnByPersonId = null, string? WithdrawnByName = null, Guid? WithdrawnByClientId = null, DateTimeOffset? WithdrawnAt = null)
{
    internal static readonly PlanReviewResponse Sample = new(
        1, 3, "Ready for the region.", Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", null, PlanSamples.Time,
        PlanDecision.Return, "Please say who sees to the second step.", Guid.Parse("01a2b3c4-0000-7000-8000-000000000301"), "Ben Ortiz", null, PlanSamples.Time.AddDays(4));

    public static PlanReviewResponse Of(PlanReview review, IReadOnlyDictionary<Guid, string> names)
    {
        string? NameOf(Guid? person) => person is { } id ? names.GetValueOrDefault(id) : null;
        return new(
            review.Round, review.Number, review.Note, review.SubmittedByPersonId, NameOf(review.SubmittedByPersonId), review.SubmittedByClientId, review.SubmittedAt,
            review.Decision, review.Comment, review.DecidedByPersonId, NameOf(review.DecidedByPersonId), review.DecidedByClientId, review.DecidedAt,
            review.WithdrawnByPersonId, NameOf(review.WithdrawnByPersonId), review.WithdrawnByClientId, review.WithdrawnAt);
    }
}
