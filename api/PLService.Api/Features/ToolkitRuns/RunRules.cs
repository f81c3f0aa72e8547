using FluentValidation;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>Somebody who is to be of the team.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Role">What the person does in the team, in the team's words; 60 characters at most.</param>
internal sealed record MemberRequest(Guid PersonId, string? Role = null);

/// <summary>Rules that several requests about runs share.</summary>
internal static class RunRules
{
    public static void TeamName<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(ToolkitRun.TeamNameMaxLength);

    public static void Members<T>(this IRuleBuilder<T, IReadOnlyList<MemberRequest>?> rule) => rule
        .Must(members => members is null || members.Count <= ToolkitRun.MaxMembers)
        .WithErrorCode("value.too_many").WithMessage($"A team has at most {ToolkitRun.MaxMembers} members.")
        .Must(members => members is null || members.All(member => member is { Role: null or { Length: >= 1 and <= ToolkitRun.MemberRoleMaxLength } }))
        .WithErrorCode("value.length").WithMessage($"A member's role has 1 to {ToolkitRun.MemberRoleMaxLength} characters.")
        .Must(members => members is null || members.DistinctBy(member => member.PersonId).Count() == members.Count)
        .WithErrorCode("value.duplicate").WithMessage("A person stands twice.");
}
