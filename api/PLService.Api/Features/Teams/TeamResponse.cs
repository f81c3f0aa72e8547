using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;

namespace PLService.Api.Features.Teams;

/// <summary>A team, and how it stands today. Who its members are is read beside it.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="OrganizationId">Whose team it is.</param>
/// <param name="Kind">What kind of team it is.</param>
/// <param name="Status">Whether it still works.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Purpose">What it is there for.</param>
/// <param name="Commitments">What its members commit to.</param>
/// <param name="RenewsOn">By when it is renewed.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day.</param>
/// <param name="ExternalId">The id by which files and other systems name it.</param>
/// <param name="Members">How many members it has today.</param>
/// <param name="Unmet">The rules of its kind that it does not meet today; empty when it meets all, or is dissolved.</param>
/// <param name="EndingSoon">Terms of present members that end within 60 days, the first to end first.</param>
/// <param name="Renewal">Whether its renewal is due, or soon: within 60 days.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed, members and meetings aside.</param>
/// <param name="Version">+1 per change of the team itself; the ETag begins with it.</param>
internal sealed record TeamResponse(
    Guid Id,
    Guid OrganizationId,
    TeamKind Kind,
    TeamStatus Status,
    string Name,
    string? Purpose,
    IReadOnlyList<string> Commitments,
    DateOnly? RenewsOn,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    string? ExternalId,
    int Members,
    IReadOnlyList<UnmetRule> Unmet,
    IReadOnlyList<EndingTerm> EndingSoon,
    TeamRenewal Renewal,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IEntityTagged
{
    internal static readonly TeamContent SampleContent = new()
    {
        Kind = TeamKind.Pdec,
        Name = "Cedar Valley PDEC",
        Purpose = "Writes, evaluates and updates the district's professional learning plan.",
        Commitments = ["We decide by consensus."],
        RenewsOn = new(2027, 8, 31),
        StartsOn = new(2026, 9, 1),
    };

    internal static readonly TeamResponse Sample = new(
        TeamSamples.Team, TeamSamples.Organization, TeamKind.Pdec, TeamStatus.Active, SampleContent.Name, SampleContent.Purpose, SampleContent.Commitments,
        SampleContent.RenewsOn, SampleContent.StartsOn, null, null, 2, [new("bargainingUnit", 1, 0)], [new(TeamSamples.Member, new(2026, 10, 31))], TeamRenewal.Later,
        TeamSamples.Time, TeamSamples.Time, 1);

    // A term ends and a rule changes without a change of the team: who asks whether anything is new has to learn of it.
    string IEntityTagged.EntityTag => string.Create(CultureInfo.InvariantCulture,
        $"{Version}.{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Members, Unmet, EndingSoon, Renewal }))[..6])}");

    public static TeamResponse Of(Team team, TeamStanding standing) => new(
        team.Id, team.OrganizationId, team.Kind, team.Status, team.Name, team.Purpose, team.Commitments, team.RenewsOn, team.StartsOn, team.EndsOn, team.ExternalId,
        standing.Members, standing.Unmet, standing.EndingSoon, standing.Renewal, team.CreatedAt, team.UpdatedAt, team.Version);
}

/// <summary>What the examples of the contract have in common.</summary>
internal static class TeamSamples
{
    public static readonly DateTimeOffset Time = new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero);
    public static readonly Guid Organization = Guid.Parse("01a2b3c4-0000-7000-8000-000000000010");
    public static readonly Guid Person = Guid.Parse("01a2b3c4-0000-7000-8000-000000000300");
    public static readonly Guid Team = Guid.Parse("01a2b3c4-0000-7000-8000-000000000500");
    public static readonly Guid Member = Guid.Parse("01a2b3c4-0000-7000-8000-000000000501");
}
