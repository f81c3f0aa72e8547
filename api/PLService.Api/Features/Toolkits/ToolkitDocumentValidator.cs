using FluentValidation;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.Toolkits;

/// <summary>The document's own check as a validator: every fault with its place, codes prefixed <c>toolkit.</c>.</summary>
internal sealed class ToolkitDocumentValidator : AbstractValidator<ToolkitDocument>
{
    public ToolkitDocumentValidator() => RuleFor(document => document).Custom((document, context) =>
    {
        foreach (var fault in ToolkitCheck.Check(document))
        {
            // The whole document's pointer is empty, which would read as "no property".
            context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer.Length == 0 ? "/" : fault.Pointer, fault.Detail)
            {
                ErrorCode = "toolkit." + fault.Code,
            });
        }
    });
}
