using FluentValidation;

namespace PLService.Api.Features.Responses;

/// <summary>Which of an item's ratings is meant.</summary>
public sealed class RatingQuery
{
    /// <summary>The axis; the item's first one unless given.</summary>
    public string? Axis { get; init; }

    public sealed class Validator : AbstractValidator<RatingQuery>
    {
        public Validator() => RuleFor(query => query.Axis).Length(1, 40);
    }
}
