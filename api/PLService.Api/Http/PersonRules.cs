using FluentValidation;
using PLService.Api.Domain;
using PLService.Api.Domain.People;

namespace PLService.Api.Http;

/// <summary>Rules for what is said of people, wherever it is said.</summary>
internal static class PersonRules
{
    public static IRuleBuilderOptions<T, string> PersonName<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(Person.NameMaxLength);

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(EmailAddress.MaxLength)
        .Must(email => email is null || EmailAddress.IsValid(email))
        .WithErrorCode("person.bad_email")
        .WithMessage("'{PropertyValue}' is not an e-mail address such as ada.moreno@example.org.");

    public static IRuleBuilderOptions<T, string?> Language<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(tag => tag is null || LanguageTag.IsValid(tag))
        .WithErrorCode("person.bad_language")
        .WithMessage("'{PropertyValue}' is not a language tag such as en, es or zh-Hant.");

    public static IRuleBuilderOptions<T, string?> PersonTimeZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(Person.TimeZoneMaxLength)
        .Must(zone => zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        .WithErrorCode("person.unknown_time_zone")
        .WithMessage("'{PropertyValue}' is not an IANA time zone such as America/Los_Angeles.");

    public static IRuleBuilderOptions<T, string?> Position<T>(this IRuleBuilder<T, string?> rule) => rule.Length(1, Person.PositionMaxLength);
}
