using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Resources;

internal sealed class ResourceContentValidator : AbstractValidator<ResourceContent>
{
    public ResourceContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(resource => resource.Kind).IsInEnum();
        RuleFor(resource => resource.Title).NotEmpty().MaximumLength(300);
        RuleFor(resource => resource.Role).Length(1, 200);
        RuleFor(resource => resource.Fte).InclusiveBetween(0, 100_000);
        RuleFor(resource => resource.TeachersPerLeader).InclusiveBetween(0, 10_000);
        RuleFor(resource => resource.MinutesPerWeek).InclusiveBetween(0, 7 * 24 * 60);
        RuleFor(resource => resource.DaysPerYear).InclusiveBetween(0, 366);
        RuleFor(resource => resource.Amount).InclusiveBetween(0, 1_000_000_000_000);
        RuleFor(resource => resource.Source).Length(1, 200);
        RuleFor(resource => resource.Years).Must(years => years.Count <= 10 && years.All(year => year is >= 1900 and <= 2200) && years.Distinct().Count() == years.Count)
            .WithErrorCode("plan.bad_years").WithMessage("At most 10 different years between 1900 and 2200.");
        Only(ResourceKind.People, resource => resource.Role, resource => resource.Fte, resource => resource.TeachersPerLeader);
        Only(ResourceKind.Time, resource => resource.MinutesPerWeek, resource => resource.DaysPerYear, resource => resource.IsProtected);
        Only(ResourceKind.Money, resource => resource.Amount, resource => resource.Source);
    }

    private void Only(ResourceKind kind, params Expression<Func<ResourceContent, object?>>[] members)
    {
        foreach (var member in members)
        {
            RuleFor(member).Null().When(resource => resource.Kind != kind)
                .WithErrorCode("plan.other_resource").WithMessage($"Only a resource of the kind {JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())} says this.");
        }
    }
}
