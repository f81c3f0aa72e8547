using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Responses;

/// <summary>All that one participant said.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="AssessmentId">The assessment that it belongs to.</param>
/// <param name="ParticipantKey">Who answers, as a pseudonymous key; null in an anonymous assessment, except in the answer that creates it.</param>
/// <param name="Role">The role that the participant named.</param>
/// <param name="Status">Whether it was handed in.</param>
/// <param name="Ratings">Ratings by item code: a level, or one per axis where the instrument has several; null where the mode keeps them back.</param>
/// <param name="Comments">Comments by item code; null where the mode keeps them back.</param>
/// <param name="RatedAt">When a rating last changed; null where the mode keeps it back.</param>
/// <param name="SubmittedAt">When it was handed in.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record ParticipantResponse(
    Guid Id,
    Guid AssessmentId,
    string? ParticipantKey,
    string? Role,
    ResponseStatus Status,
    IReadOnlyDictionary<string, ItemRating>? Ratings,
    IReadOnlyDictionary<string, string>? Comments,
    DateTimeOffset? RatedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = new(2026, 9, 8, 15, 0, 0, TimeSpan.Zero);

    internal static readonly ParticipantResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000200"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), "p-017", "teacher", ResponseStatus.InProgress,
        new Dictionary<string, ItemRating> { ["VIS.1"] = new("green"), ["VIS.2"] = new("red") },
        new Dictionary<string, string> { ["VIS.2"] = "We have not begun." }, SampleTime, null, SampleTime, SampleTime, 1);

    /// <summary>As the assessment's mode lets it be read: all of it when named, who but not what when confidential, neither when anonymous.</summary>
    internal static ParticipantResponse Of(Response response, AssessmentMode mode, RatingSheet sheet)
    {
        var named = mode is AssessmentMode.Named;
        return new(
            response.Id, response.AssessmentId, mode is AssessmentMode.Anonymous ? null : response.ParticipantKey, response.Role, response.Status,
            named ? sheet.Ratings() : null, named ? sheet.Comments : null, named ? response.RatedAt : null,
            response.SubmittedAt, response.CreatedAt, response.UpdatedAt, response.Version);
    }
}
