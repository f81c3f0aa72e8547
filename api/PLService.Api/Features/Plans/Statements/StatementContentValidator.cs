using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Statements;

internal sealed class StatementContentValidator : AbstractValidator<StatementContent>
{
    public StatementContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(statement => statement.Group).Length(1, 100);
        RuleFor(statement => statement.If).NotEmpty().MaximumLength(2_000);
        RuleFor(statement => statement.Then).NotEmpty().MaximumLength(2_000);
    }
}
