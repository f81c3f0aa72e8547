using FluentValidation;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>What a framework says of itself: the members of a CFDocument of 1EdTech CASE.</summary>
public record FrameworkDetails
{
    /// <summary>The title, 500 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>Who wrote it, 300 characters at most.</summary>
    public required string Creator { get; init; }

    /// <summary>Who publishes it, 300 characters at most.</summary>
    public string? Publisher { get; init; }

    /// <summary>What it is about, 20,000 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>Its language as a tag of BCP 47: <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Which version it is, in the publisher's words, 50 characters at most: <c>2022</c>.</summary>
    public string? VersionLabel { get; init; }

    /// <summary>Where it stands with its publisher, in a free word, 50 characters at most: Draft, Private Draft, Adopted or Deprecated as a rule.</summary>
    public string? AdoptionStatus { get; init; }

    /// <summary>The day from which it is in force.</summary>
    public DateOnly? StatusStartDate { get; init; }

    /// <summary>The last day on which it is in force.</summary>
    public DateOnly? StatusEndDate { get; init; }

    /// <summary>Under which licence it may be used.</summary>
    public FrameworkLicence? Licence { get; init; }

    /// <summary>Where the publisher has it, 2,000 characters at most.</summary>
    public string? OfficialSourceUrl { get; init; }

    /// <summary>What it is about in single words, 50 at most.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>Further notes, 20,000 characters at most.</summary>
    public string? Notes { get; init; }

    internal static FrameworkDetails Sample { get; } = new()
    {
        Title = "Cedar Valley Standards for Professional Learning",
        Creator = "Cedar Valley School District",
        Language = "en",
        VersionLabel = "2026",
        AdoptionStatus = "Draft",
        Licence = new("CC BY 4.0", "You may share and adapt it when you name its creator.", "https://creativecommons.org/licenses/by/4.0/"),
        Subjects = ["Professional Learning"],
    };
}

/// <summary>A licence.</summary>
/// <param name="Title">What people call it, 300 characters at most: <c>CC BY 4.0</c>.</param>
/// <param name="Text">Its text, or what it says in short, 50,000 characters at most.</param>
/// <param name="Uri">Where it can be read, 2,000 characters at most.</param>
public sealed record FrameworkLicence(string Title, string Text, string? Uri = null);

/// <summary>The rules for what a framework says of itself.</summary>
internal abstract class FrameworkDetailsValidator<T> : AbstractValidator<T>
    where T : FrameworkDetails
{
    protected FrameworkDetailsValidator()
    {
        RuleFor(request => request.Title).NotEmpty().MaximumLength(Framework.TitleMaxLength);
        RuleFor(request => request.Creator).NotEmpty().MaximumLength(FrameworkLimits.NameLength);
        RuleFor(request => request.Publisher).Length(1, FrameworkLimits.NameLength);
        RuleFor(request => request.Description).Length(1, FrameworkLimits.TextLength);
        RuleFor(request => request.Language).LanguageTag();
        RuleFor(request => request.VersionLabel).Length(1, FrameworkLimits.WordLength);
        RuleFor(request => request.AdoptionStatus).Length(1, FrameworkLimits.WordLength);
        RuleFor(request => request.StatusEndDate).NotBefore(request => request.StatusStartDate);
        RuleFor(request => request.OfficialSourceUrl).WebAddress();
        RuleFor(request => request.Subjects).Names();
        RuleFor(request => request.Notes).Length(1, FrameworkLimits.TextLength);
        RuleFor(request => request.Licence!).SetValidator(new FrameworkLicenceValidator()).When(request => request.Licence is not null);
    }
}

internal sealed class FrameworkLicenceValidator : AbstractValidator<FrameworkLicence>
{
    public FrameworkLicenceValidator()
    {
        RuleFor(licence => licence.Title).NotEmpty().MaximumLength(FrameworkLimits.NameLength);
        RuleFor(licence => licence.Text).NotEmpty().MaximumLength(FrameworkLimits.LicenceLength);
        RuleFor(licence => licence.Uri).WebAddress();
    }
}
