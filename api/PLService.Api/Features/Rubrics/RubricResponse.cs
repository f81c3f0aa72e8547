using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Rubrics;

/// <summary>A rubric with its criteria and their levels.</summary>
internal sealed record RubricResponse : RubricDocument, IVersioned
{
    /// <summary>The CASE identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its CASE address.</summary>
    public required string Uri { get; init; }

    /// <summary>The framework that keeps it.</summary>
    public required RubricFramework Framework { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public required long Version { get; init; }

    internal static readonly RubricResponse Sample = new()
    {
        Id = RubricSample.Id,
        Uri = $"https://pl.example.org/ims/case/v1p1/CFRubrics/{RubricSample.Id}",
        Framework = RubricSample.Framework,
        Title = RubricSample.Document.Title,
        Direction = RubricSample.Document.Direction,
        Roles = RubricSample.Document.Roles,
        Criteria = [RubricSample.Stored],
        CreatedAt = RubricSample.Time,
        UpdatedAt = RubricSample.Time,
        Version = 1,
    };
}

/// <summary>Names the framework that keeps a rubric.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Code">Short name.</param>
/// <param name="Title">The title.</param>
/// <param name="Catalog">Whether it ships with the service.</param>
internal sealed record RubricFramework(Guid Id, string Code, string Title, bool Catalog);

/// <summary>The examples that the contract shows.</summary>
internal static class RubricSample
{
    public static readonly Guid Id = Guid.Parse("9d1f0c5e-2a47-4b38-8e6c-7f5b3a1d2c40");

    public static readonly DateTimeOffset Time = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    public static readonly RubricFramework Framework = new(Guid.Parse("3c2b1a09-8f7e-4d6c-9b5a-4f3e2d1c0b9a"), "cedar-2026", "Cedar Valley Standards for Professional Learning", false);

    public static readonly RubricDocument Document = new()
    {
        Title = "What professional learning looks like",
        Direction = ScaleDirection.BestFirst,
        Roles = ["Principal"],
        Criteria =
        [
            new()
            {
                Role = "Principal",
                Standard = new() { Framework = "cedar-2026", Code = "LEA" },
                Outcome = "Makes time for professional learning within the school day.",
                Levels =
                [
                    new() { Label = "Level 1", Description = "Every team meets weekly, and the time is protected." },
                    new() { Label = "Level 2", Description = "Most teams meet weekly." },
                    new() { Label = "Level 3", Empty = true },
                    new() { Label = "Level 4", Description = "Teams meet when a day happens to be free." },
                ],
            },
        ],
    };

    public static readonly RubricCriterion Stored = Document.Criteria[0] with
    {
        Id = Guid.Parse("1b7c6d5e-4f3a-4c2b-8d1e-0a9b8c7d6e5f"),
        Code = "LEA.1",
        Standard = new() { Id = Guid.Parse("5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69"), Framework = "cedar-2026", Code = "LEA", Label = "Leadership" },
        Levels = [.. Document.Criteria[0].Levels.Select((level, i) => level with { Id = Guid.Parse($"2c8d7e6f-5a4b-4d3c-9e2f-1b0c9d8e7f6{i}") })],
    };
}
