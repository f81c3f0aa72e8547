using FluentValidation;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams.Members;

internal sealed class TeamMemberContentValidator : AbstractValidator<TeamMemberContent>
{
    public TeamMemberContentValidator()
    {
        RuleFor(member => member.PersonId).Must((member, person) => person is null != string.IsNullOrWhiteSpace(member.Name))
            .WithErrorCode("team.bad_member").WithMessage("A member is a person, or somebody with a name in words; one of the two.");
        RuleFor(member => member.Name).Length(1, TeamMember.NameMaxLength);
        RuleFor(member => member.Role).Length(1, TeamMember.RoleMaxLength);
        RuleFor(member => member.Constituencies)
            .Must(codes => codes is null || codes.Count <= TeamMember.MaxConstituencies)
            .WithErrorCode("value.too_many").WithMessage($"At most {TeamMember.MaxConstituencies} constituencies.")
            .Must(codes => codes is null || codes.All(TeamConstituency.IsCode))
            .WithErrorCode("value.pattern").WithMessage("A constituency is named by its code, such as bargainingUnit.")
            .Must(codes => codes is null || codes.Distinct().Count() == codes.Count).WithErrorCode("value.duplicate").WithMessage("A constituency stands twice.");
        RuleFor(member => member.EndsOn).Must((member, last) => last is null || member.StartsOn is null || member.StartsOn <= last)
            .WithErrorCode(TeamErrors.TermEndsBeforeStart.Code).WithMessage(TeamErrors.TermEndsBeforeStart.Message);
    }
}
