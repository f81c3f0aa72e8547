using FluentValidation;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Http;

namespace PLService.Api.Features.Invitations;

/// <summary>One invitation of a list.</summary>
/// <param name="Email">Whom: the address, in whatever case. The active person who has it, or a new one.</param>
/// <param name="Role">The role that the person gets by accepting.</param>
/// <param name="Organization">Where, with everything below; left out is the whole tenant.</param>
/// <param name="Name">The name of a new person, 200 characters at most; a known one keeps theirs, and a new one without has the address as name until they accept.</param>
/// <param name="StartsOn">The first day of the role, in the organization's time zone; from acceptance on unless given.</param>
/// <param name="EndsOn">The last day of the role; for good unless given.</param>
/// <param name="Language">What a new person wants to read, a tag of BCP 47; en unless given. A known one keeps theirs, and is written to in it.</param>
/// <param name="Note">A few words for the person, 1,000 characters at most.</param>
public sealed record InvitationEntry(
    string Email, Role Role, PlaceReference? Organization = null, string? Name = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null, string? Language = null,
    string? Note = null);

internal sealed class InvitationEntryValidator : AbstractValidator<InvitationEntry>
{
    public InvitationEntryValidator()
    {
        RuleFor<string?>(entry => entry.Email).NotEmpty().Email();
        RuleFor(entry => entry.Role).IsInEnum();
        RuleFor(entry => entry.Organization).SetValidator(new PlaceReferenceValidator()!);
        RuleFor(entry => entry.Name).Length(1, Person.NameMaxLength);
        RuleFor(entry => entry.EndsOn).Must((entry, ends) => ends is null || entry.StartsOn is null || entry.StartsOn <= ends)
            .WithErrorCode("value.out_of_range").WithMessage("The last day lies before the first.");
        RuleFor(entry => entry.Language).Language();
        RuleFor(entry => entry.Note).Length(1, Invitation.NoteMaxLength);
    }
}
