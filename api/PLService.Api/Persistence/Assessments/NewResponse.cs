using System.Diagnostics;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Assessments;

/// <summary>A response to be stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AssessmentId">Its assessment.</param>
/// <param name="GivenKey">The key that the caller sent; null when none was.</param>
/// <param name="ParticipantKey">The key to store.</param>
/// <param name="Role">The participant's role.</param>
/// <param name="Levels">The packed ratings.</param>
/// <param name="CommentsJson">Comments by item code.</param>
/// <param name="Submitted">Whether it is handed in.</param>
/// <param name="RatedAt">When it was rated, if it is.</param>
/// <param name="At">Now.</param>
internal sealed record NewResponse(
    Guid Id, Guid AssessmentId, string? GivenKey, string ParticipantKey, string? Role, short?[] Levels, string? CommentsJson, bool Submitted,
    DateTimeOffset? RatedAt, DateTimeOffset At);

/// <summary>Who stores a response, for a statement that several share: all that reach and audit need.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Request">The request's span.</param>
internal sealed record ResponseAuthor(Caller Caller, Activity? Request)
{
    public Guid TenantId => Caller.TenantId;

    public Guid? ApiClientId => Caller.ApiClientId;

    public Guid? PersonId => Caller.PersonId;

    /// <summary>The roots of what can be reached; null for the whole tenant.</summary>
    public Guid[]? Roots => Caller.Roots;

    public string? TraceId => Request?.TraceId.ToHexString();
}
