using FluentValidation;
using PLService.Api.Domain.Frameworks.Rubrics;

namespace PLService.Api.Features.Rubrics;

/// <summary>The rubric's own check as a validator: every fault with its place, codes prefixed <c>rubric.</c>.</summary>
internal abstract class RubricDocumentValidator<T> : AbstractValidator<T>
    where T : RubricDocument
{
    protected RubricDocumentValidator() => RuleFor(rubric => rubric).Custom((rubric, context) =>
    {
        foreach (var fault in RubricCheck.Check(rubric))
            context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer, fault.Detail) { ErrorCode = "rubric." + fault.Code });
    });
}
