namespace PLService.Api.Domain.Frameworks;

/// <summary>
/// A rubric in the manner of innovation configurations: criteria, each with ordered levels of its own. A CFRubric of 1EdTech CASE, kept
/// as one document.
/// </summary>
public sealed class Rubric : TenantEntity, IInCatalog
{
    private Rubric()
    {
    }

    public Guid FrameworkId { get; private init; }

    /// <summary>The title; null when it has none.</summary>
    public string? Title { get; private set; }

    /// <summary>Place in the package, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The CFRubric of CASE 1.1 with its criteria and their levels, as JSON.</summary>
    public string Body { get; private set; } = "{}";

    public static Rubric Create(Guid id, Guid frameworkId, int position, string? title, string body) =>
        new() { Id = id, FrameworkId = frameworkId, Position = position, Title = title, Body = body };

    public void Rewrite(string? title, string body) => (Title, Body) = (title, body);
}
