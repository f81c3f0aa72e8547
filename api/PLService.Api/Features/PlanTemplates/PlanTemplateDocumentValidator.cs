using FluentValidation;
using FluentValidation.Results;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>The document's own check, and what holds for plans and their parts wherever they come from: every fault with its place, codes prefixed <c>plan_template.</c> where they are of the document.</summary>
internal sealed class PlanTemplateDocumentValidator : AbstractValidator<PlanTemplateDocument>
{
    private static readonly DateOnly SomeDay = new(2000, 1, 1);

    public PlanTemplateDocumentValidator(IServiceProvider services) => RuleFor(document => document).Custom((document, context) =>
    {
        var faults = PlanTemplateCheck.Check(document);
        foreach (var fault in faults)
            context.AddFailure(new ValidationFailure(fault.Pointer, fault.Detail) { ErrorCode = "plan_template." + fault.Code });
        if (faults.Count > 0)
            return;

        // A day that is out of range would not come as far as to its own rule.
        var days = document.Plan.Days is >= 1 and <= PlanDays.Most ? document.Plan.Days : 0;
        var plan = document.Complete(new PlanContent { Title = "Plan", StartsOn = SomeDay, EndsOn = SomeDay.AddDays(days) }, hasMarks: false);
        foreach (var failure in Failures(services, plan))
            context.AddFailure(Placed(failure, failure.PropertyName is nameof(PlanContent.EndsOn) ? "/plan/days" : "/plan" + JsonPointers.OfProperty(failure.PropertyName)));
        foreach (var (pointer, content) in PlanTemplateCheck.Contents(document))
        {
            foreach (var failure in Failures(services, content))
                context.AddFailure(Placed(failure, pointer + JsonPointers.OfProperty(failure.PropertyName)));
        }
    });

    private static List<ValidationFailure> Failures(IServiceProvider services, object content)
    {
        var validator = (IValidator)services.GetRequiredService(typeof(IValidator<>).MakeGenericType(content.GetType()));
        return validator.Validate(new ValidationContext<object>(content)).Errors;
    }

    private static ValidationFailure Placed(ValidationFailure failure, string pointer) => new(pointer, failure.ErrorMessage) { ErrorCode = failure.ErrorCode };
}
