using FluentValidation;

namespace PLService.Api.Features.People;

/// <summary>Names the organization whose person it is: by the service's id, or by system and value of an outside id.</summary>
/// <param name="Id">The service's id; nothing else is given then.</param>
/// <param name="System">Who gave the outside id.</param>
/// <param name="Value">The outside id.</param>
public sealed record OrganizationReference(Guid? Id = null, string? System = null, string? Value = null);

internal sealed class OrganizationReferenceValidator : AbstractValidator<OrganizationReference>
{
    public OrganizationReferenceValidator() => RuleFor(organization => organization)
        .Must(organization => organization.Id is null ? organization.System is not null && organization.Value is not null : organization.System is null && organization.Value is null)
        .WithErrorCode("person.bad_organization_reference")
        .WithMessage("An organization is named either by id, or by system and value.");
}
