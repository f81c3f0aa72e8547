using FluentValidation;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Assessments;

/// <summary>Rules that several requests about assessments share.</summary>
internal static class AssessmentRules
{
    public static void Round<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(Assessment.RoundMaxLength);

    public static void ExternalId<T>(this IRuleBuilder<T, string?> rule) => rule.Length(1, Assessment.ExternalIdMaxLength);

    public static void Window<T>(this IRuleBuilder<T, DateOnly?> closesOn, Func<T, DateOnly?> opensOn) => closesOn
        .Must((request, closes) => closes is null || opensOn(request) is not { } opens || opens <= closes)
        .WithErrorCode("value.out_of_range").WithMessage("The window closes before it opens.");

    public static void Roles<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(roles => roles is null || roles.Count <= Assessment.MaxRoles)
        .WithErrorCode("value.too_many").WithMessage($"An assessment lists at most {Assessment.MaxRoles} roles.")
        .Must(roles => roles is null || roles.All(role => !string.IsNullOrWhiteSpace(role) && role.Length <= Assessment.RoleMaxLength && role.Trim() == role))
        .WithErrorCode("value.length").WithMessage($"A role has 1 to {Assessment.RoleMaxLength} characters and no blanks at its ends.")
        .Must(roles => roles is null || roles.Distinct(StringComparer.OrdinalIgnoreCase).Count() == roles.Count)
        .WithErrorCode("value.duplicate").WithMessage("A role stands twice; upper and lower case count as the same.");

    public static void Reminders<T>(this IRuleBuilder<T, ReminderSettings?> rule) => rule.ChildRules(reminders => reminders.RuleFor(r => r!.DaysBefore)
        .Must(days => days.Count <= Assessment.MaxReminders)
        .WithErrorCode("value.too_many").WithMessage($"At most {Assessment.MaxReminders} reminders are sent.")
        .Must(days => days.All(day => day is >= 1 and <= Assessment.MaxReminderDays))
        .WithErrorCode("value.out_of_range").WithMessage($"A reminder goes 1 to {Assessment.MaxReminderDays} days before the window closes.")
        .Must(days => days.Distinct().Count() == days.Count)
        .WithErrorCode("value.duplicate").WithMessage("A day stands twice."));
}
