using FluentValidation;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>A passage to mark, and why.</summary>
/// <param name="Sign">The sign of one of the reading's codes.</param>
/// <param name="Target">The passage.</param>
/// <param name="Rationale">Why, 5,000 characters at most.</param>
internal sealed record AnnotationRequest(string Sign, AnnotationTarget Target, string? Rationale = null)
{
    internal static readonly AnnotationRequest Sample = new("#", new("every educator's right", "Professional learning is "), "Ours is for teachers only.");

    internal static AnnotationRequest Of(Annotation a) => new(a.Sign, AnnotationTarget.Of(a), a.Rationale);
}

internal sealed class AnnotationRequestValidator : AbstractValidator<AnnotationRequest>
{
    public AnnotationRequestValidator()
    {
        RuleFor(request => request.Sign).NotEmpty().MaximumLength(ToolkitLimits.SignLength);
        RuleFor(request => request.Rationale).MaximumLength(Annotation.RationaleMaxLength);
        RuleFor(request => request.Target.Exact).Length(1, Annotation.ExactMaxLength);
        RuleFor(request => request.Target.Prefix).MaximumLength(Annotation.ContextMaxLength);
        RuleFor(request => request.Target.Suffix).MaximumLength(Annotation.ContextMaxLength);
        RuleFor(request => request.Target).Must(target => target.Exact is not null || target is { Start: not null, End: not null })
            .WithErrorCode(AnnotationFaults.BadTarget.Code).WithMessage(AnnotationFaults.BadTarget.Message);
        RuleFor(request => request.Target).Must(target => target.Start is null or >= 0 && (target.Exact is not null || target.End > target.Start))
            .WithErrorCode("value.out_of_range").WithMessage("start is 0 or more, and end lies behind it.");
    }
}

/// <summary>The passage of a text that a target means.</summary>
internal static class TargetSearch
{
    /// <summary>
    /// The passage; null when the text does not have it. Of the same words in several places the one at <c>start</c> is meant, else the one that what
    /// stands around it speaks for.
    /// </summary>
    public static TextAnchor? Find(AnchoredText text, AnnotationTarget target)
    {
        if (target is { Start: { } start, End: { } end } && start < end && end <= text.Length)
        {
            var (from, to) = (text.UnitOf(start), text.UnitOf(end));
            if (to - from <= Annotation.ExactMaxLength && (target.Exact is null || target.Exact == text.Text[from..to]))
                return text.AnchorAt(from, to);
        }

        if (target.Exact is null)
            return null;
        var expected = text.UnitOf(Math.Min(target.Start ?? 0, text.Length));
        return PassageSearch.FindExact(text.Text, Wanted(target), expected) is { } found ? text.AnchorAt(found.Start, found.End) : null;
    }

    /// <summary>A target as a passage that was somewhere once.</summary>
    public static TextAnchor Wanted(AnnotationTarget target)
    {
        var start = target.Start ?? 0;
        return new(target.Exact!, target.Prefix ?? "", target.Suffix ?? "", start, Math.Max(start, target.End ?? start + new AnchoredText(target.Exact!).Length));
    }
}
