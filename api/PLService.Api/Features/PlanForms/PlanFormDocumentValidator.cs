using FluentValidation;
using FluentValidation.Results;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.PlanForms;

/// <summary>The document's own check as a validator: every fault with its place, codes prefixed <c>plan_form.</c>.</summary>
internal sealed class PlanFormDocumentValidator : AbstractValidator<PlanFormDocument>
{
    public PlanFormDocumentValidator() => RuleFor(document => document).Custom((document, context) =>
    {
        foreach (var fault in PlanFormCheck.Check(document))
            context.AddFailure(new ValidationFailure(fault.Pointer, fault.Detail) { ErrorCode = "plan_form." + fault.Code });
    });
}
