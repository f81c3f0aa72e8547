using FluentValidation;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams;

internal sealed class TeamContentValidator : AbstractValidator<TeamContent>
{
    public TeamContentValidator()
    {
        RuleFor(team => team.Kind).IsInEnum();
        RuleFor(team => team.Name).NotEmpty().MaximumLength(Team.NameMaxLength);
        RuleFor(team => team.Purpose).MaximumLength(TeamContent.PurposeMaxLength);
        RuleFor(team => team.Commitments)
            .Must(all => all.Count <= TeamContent.MaxCommitments).WithErrorCode("value.too_many").WithMessage($"At most {TeamContent.MaxCommitments} commitments.")
            .Must(all => all.All(text => !string.IsNullOrWhiteSpace(text) && text.Length <= TeamContent.CommitmentMaxLength))
            .WithErrorCode("value.length").WithMessage($"Each commitment has 1 to {TeamContent.CommitmentMaxLength} characters.");
        RuleFor(team => team.EndsOn).Must((team, last) => last is null || team.StartsOn is null || team.StartsOn <= last)
            .WithErrorCode(TeamErrors.EndsBeforeStart.Code).WithMessage(TeamErrors.EndsBeforeStart.Message);
        RuleFor(team => team.ExternalId).Length(1, 100)
            .Must(id => id is null || (id.Trim() == id && !id.Any(char.IsControl)))
            .WithErrorCode("value.pattern").WithMessage("An external id has no control characters, and no blanks at its ends.");
    }
}
