using FluentValidation;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>A change of some fields of a worksheet.</summary>
/// <param name="Values">Field key to answer, 500 fields at most, each of 20,000 characters at most; null or empty empties the field, what is left out stays.</param>
internal sealed record WorksheetChangeRequest(FieldValues Values)
{
    /// <summary>How many fields one change may name.</summary>
    public const int MaxFields = 500;

    internal static readonly WorksheetChangeRequest Sample = new(new FieldValues { ["keyIdeas/LCO"] = "Continuous growth, shared responsibility." });
}

internal sealed class WorksheetChangeRequestValidator : AbstractValidator<WorksheetChangeRequest>
{
    public WorksheetChangeRequestValidator()
    {
        RuleFor(request => request.Values).Must(values => values.Count <= WorksheetChangeRequest.MaxFields)
            .WithErrorCode("value.too_many").WithMessage($"At most {WorksheetChangeRequest.MaxFields} fields at once.");
        RuleFor(request => request.Values).Custom((values, context) =>
        {
            var faults = new FaultList();
            foreach (var (key, text) in values)
                faults.CheckWords($"/values/{FaultList.Escaped(key)}", text, Worksheet.TextMaxLength);
            foreach (var fault in faults.Faults)
            {
                context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer, fault.Detail)
                {
                    ErrorCode = fault.Code == FaultCodes.TooLong ? "value.too_long" : "value.invalid",
                });
            }
        });
    }
}
