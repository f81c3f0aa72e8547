using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.ProgressNotes;

internal sealed class ProgressNoteContentValidator : AbstractValidator<ProgressNoteContent>
{
    public ProgressNoteContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(note => note.Text).NotEmpty().MaximumLength(5_000);
    }
}
