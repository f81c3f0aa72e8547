using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Participants;

/// <summary>What lets a participant answer, and come back: keep it on the device and nowhere else. The service does not keep it.</summary>
/// <param name="Token">For <c>Authorization: Bearer</c> at <c>/v1/participation</c>; it opens this one response.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
/// <param name="Mode">Who may know which participant said what.</param>
/// <param name="Promise">The same in plain words, by language.</param>
internal sealed record ParticipationToken(string Token, DateTimeOffset ExpiresAt, AssessmentMode Mode, Text Promise)
{
    internal static readonly ParticipationToken Sample = new(
        "eyJhbGciOiJSUzI1NiIsImtpZCI6...", new DateTimeOffset(2026, 9, 19, 12, 0, 0, TimeSpan.Zero), AssessmentMode.Confidential, Promises.Of(AssessmentMode.Confidential));
}
