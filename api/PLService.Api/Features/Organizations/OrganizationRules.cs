using FluentValidation;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;

namespace PLService.Api.Features.Organizations;

/// <summary>Rules that several requests about organizations share.</summary>
internal static class OrganizationRules
{
    public static IRuleBuilderOptions<T, string> TimeZone<T>(this IRuleBuilder<T, string> rule) => rule
        .MaximumLength(Organization.TimeZoneMaxLength)
        .Must(zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        .WithErrorCode("organization.unknown_time_zone")
        .WithMessage("'{PropertyValue}' is not an IANA time zone such as America/Los_Angeles.");

    public static IRuleBuilderOptions<T, string> IdentifierSystem<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty()
        .Matches("^[a-z][a-z0-9-]{0,39}$")
        .WithErrorCode("organization.bad_identifier_system")
        .WithMessage("A system is a short lower-case word such as nces, state or sis; found '{PropertyValue}'.");

    public static IRuleBuilderOptions<T, string> IdentifierValue<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty()
        .MaximumLength(OrganizationIdentifier.ValueMaxLength);
}

internal sealed class OutsideIdValidator : AbstractValidator<OutsideId>
{
    public OutsideIdValidator()
    {
        RuleFor(id => id.System).IdentifierSystem();
        RuleFor(id => id.Value).IdentifierValue();
    }
}
