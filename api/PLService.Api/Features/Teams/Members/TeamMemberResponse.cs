using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Teams;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>A member's term in a team.</summary>
/// <param name="Id">The service's id of the term.</param>
/// <param name="PersonId">The person; null for somebody who is no person of the service.</param>
/// <param name="Name">Who it is: the person's name, or the words that were given.</param>
/// <param name="Role">What they do in the team.</param>
/// <param name="Constituencies">Codes of the groups that they stand for.</param>
/// <param name="StartsOn">First day of the term, in the organization's time zone; null is always.</param>
/// <param name="EndsOn">Last day of the term; null is for good.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record TeamMemberResponse(
    Guid Id,
    Guid? PersonId,
    string Name,
    string? Role,
    IReadOnlyList<string> Constituencies,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly TeamMemberContent SampleContent = new(TeamSamples.Person, null, "chair", ["teacher", "bargainingUnit"], new(2026, 9, 1), new(2028, 8, 31));

    internal static readonly TeamMemberResponse Sample = new(
        TeamSamples.Member, TeamSamples.Person, "Ada Moreno", SampleContent.Role, SampleContent.Constituencies!, SampleContent.StartsOn, SampleContent.EndsOn,
        TeamSamples.Time, TeamSamples.Time, 1);

    /// <summary>The projection that every read uses: one query, the person's name included.</summary>
    internal static Expression<Func<TeamMember, TeamMemberResponse>> From(PLServiceDbContext db) => m => new TeamMemberResponse(
        m.Id, m.PersonId, m.Name ?? db.People.Where(p => p.Id == m.PersonId).Select(p => p.Name).First(), m.Role, m.Constituencies, m.StartsOn, m.EndsOn,
        m.CreatedAt, m.UpdatedAt, m.Version);

    /// <summary>The term as it is stored now; for answers to a change.</summary>
    internal static Task<TeamMemberResponse> ReadAsync(PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.TeamMembers.Where(m => m.Id == id).Select(From(db)).SingleAsync(ct);
}
