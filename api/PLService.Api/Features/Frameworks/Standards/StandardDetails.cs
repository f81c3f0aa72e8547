using FluentValidation;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>What a standard says: the members of a CFItem of 1EdTech CASE.</summary>
public record StandardDetails
{
    /// <summary>The whole text, 20,000 characters at most.</summary>
    public required string Statement { get; init; }

    /// <summary>How people cite it, 100 characters at most: <c>LEA</c>.</summary>
    public string? Code { get; init; }

    /// <summary>A short form, 500 characters at most: <c>Leadership</c>.</summary>
    public string? Label { get; init; }

    /// <summary>Another short form, 500 characters at most.</summary>
    public string? AlternativeLabel { get; init; }

    /// <summary>What kind of statement it is, 300 characters at most: <c>Standard</c>.</summary>
    public string? ItemType { get; init; }

    /// <summary>Its number or letter in a printed list, 50 characters at most.</summary>
    public string? ListEnumeration { get; init; }

    /// <summary>Its language as a tag of BCP 47; the framework's unless given.</summary>
    public string? Language { get; init; }

    /// <summary>What it is about in single words, 50 at most.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>For which grades it is, 50 at most: <c>09</c>.</summary>
    public IReadOnlyList<string>? EducationLevels { get; init; }

    /// <summary>Words by which it is found, 50 at most.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>Further notes, 20,000 characters at most.</summary>
    public string? Notes { get; init; }

    /// <summary>The day from which it is in force.</summary>
    public DateOnly? StatusStartDate { get; init; }

    /// <summary>The last day on which it is in force.</summary>
    public DateOnly? StatusEndDate { get; init; }
}

/// <summary>The rules for what a standard says.</summary>
internal abstract class StandardDetailsValidator<T> : AbstractValidator<T>
    where T : StandardDetails
{
    protected StandardDetailsValidator()
    {
        RuleFor(request => request.Statement).NotEmpty().MaximumLength(FrameworkLimits.TextLength);
        RuleFor(request => request.Code).Length(1, FrameworkLimits.CodeLength);
        RuleFor(request => request.Label).Length(1, FrameworkLimits.LabelLength);
        RuleFor(request => request.AlternativeLabel).Length(1, FrameworkLimits.LabelLength);
        RuleFor(request => request.ItemType).Length(1, FrameworkLimits.NameLength);
        RuleFor(request => request.ListEnumeration).Length(1, FrameworkLimits.WordLength);
        RuleFor(request => request.Language).LanguageTag();
        RuleFor(request => request.Subjects).Names();
        RuleFor(request => request.EducationLevels).Names();
        RuleFor(request => request.Keywords).Names();
        RuleFor(request => request.Notes).Length(1, FrameworkLimits.TextLength);
        RuleFor(request => request.StatusEndDate).NotBefore(request => request.StatusStartDate);
    }
}
