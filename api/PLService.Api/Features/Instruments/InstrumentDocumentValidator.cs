using FluentValidation;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Instruments;

/// <summary>The document's own check as a validator: every fault with its place, codes prefixed <c>instrument.</c>.</summary>
internal sealed class InstrumentDocumentValidator : AbstractValidator<InstrumentDocument>
{
    public InstrumentDocumentValidator() => RuleFor(document => document).Custom((document, context) =>
    {
        foreach (var fault in InstrumentCheck.Check(document))
        {
            // The whole document's pointer is empty, which would read as "no property".
            context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer.Length == 0 ? "/" : fault.Pointer, fault.Detail)
            {
                ErrorCode = "instrument." + fault.Code,
            });
        }
    });
}
