using FluentValidation;
using PLService.Api.Domain.People;
using PLService.Api.Http;

namespace PLService.Api.Features.People;

/// <summary>Rules for outside ids of people.</summary>
internal static class PersonIdentifierRules
{
    public static IRuleBuilderOptions<T, string> PersonIdentifierSystem<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty()
        .Matches("^[a-z][a-z0-9-]{0,39}$")
        .WithErrorCode("person.bad_identifier_system")
        .WithMessage("A system is a short lower-case word such as hr, state or sis; found '{PropertyValue}'.");

    public static IRuleBuilderOptions<T, string> PersonIdentifierValue<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty()
        .MaximumLength(PersonIdentifier.ValueMaxLength);
}

internal sealed class PersonOutsideIdValidator : AbstractValidator<OutsideId>
{
    public PersonOutsideIdValidator()
    {
        RuleFor(id => id.System).PersonIdentifierSystem();
        RuleFor(id => id.Value).PersonIdentifierValue();
    }
}
