using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Measures;

internal sealed class MeasureContentValidator : AbstractValidator<MeasureContent>
{
    public MeasureContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(measure => measure.Name).NotEmpty().MaximumLength(300);
        RuleFor(measure => measure.Unit).Length(1, 50);
        RuleFor(measure => measure.Values).Must(values => values.Count <= 500).WithErrorCode("value.too_many").WithMessage("At most 500 values.")
            .Must(values => values.All(value => value is not null)).WithErrorCode("value.required").WithMessage("A value is missing.")
            .Must(values => values.DistinctBy(value => value.On).Count() == values.Count).WithErrorCode("value.duplicate").WithMessage("A day stands twice.");
        RuleForEach(measure => measure.Values).ChildRules(value =>
        {
            value.RuleFor(found => found.On).Day();
            value.RuleFor(found => found.Note).MaximumLength(500);
        }).When(measure => measure.Values.All(value => value is not null));
    }
}
