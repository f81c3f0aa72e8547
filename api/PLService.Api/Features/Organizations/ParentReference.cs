using FluentValidation;

namespace PLService.Api.Features.Organizations;

/// <summary>Names the organization above: by the service's id, or by system and value of an outside id.</summary>
/// <param name="Id">The service's id; nothing else is given then.</param>
/// <param name="System">Who gave the outside id.</param>
/// <param name="Value">The outside id.</param>
public sealed record ParentReference(Guid? Id = null, string? System = null, string? Value = null);

internal sealed class ParentReferenceValidator : AbstractValidator<ParentReference>
{
    public ParentReferenceValidator() => RuleFor(parent => parent)
        .Must(parent => parent.Id is null ? parent.System is not null && parent.Value is not null : parent.System is null && parent.Value is null)
        .WithErrorCode("organization.bad_parent_reference")
        .WithMessage("A parent is named either by id, or by system and value.");
}
