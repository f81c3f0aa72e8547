namespace PLService.Api.Features.Invitations;

/// <summary>What became of an entry.</summary>
public enum InvitationOutcome
{
    /// <summary>The person is invited.</summary>
    Created,

    /// <summary>The person was invited to the same already, and has a new link in place of the old one.</summary>
    Renewed,

    /// <summary>The person has the role there already; nothing was done.</summary>
    AlreadyMember,
}

/// <summary>What became of an entry of a list of invitations.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Email">The address of the entry.</param>
/// <param name="PersonId">The person, known or new.</param>
/// <param name="InvitationId">The invitation; null where there is none.</param>
/// <param name="Link">With <c>deliver=link</c>: what to hand over to the person. It is a secret, and never shown again.</param>
/// <param name="ExpiresAt">Until when the person can accept.</param>
public sealed record InvitationResult(InvitationOutcome Outcome, string Email, Guid PersonId, Guid? InvitationId, string? Link, DateTimeOffset? ExpiresAt)
{
    internal static readonly InvitationResult Sample = new(
        InvitationOutcome.Created, InvitationResponse.Sample.Email, InvitationResponse.Sample.PersonId, InvitationResponse.Sample.Id, null, InvitationResponse.Sample.ExpiresAt);
}
