using PLService.Api.Domain.People;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>People, in the order of the file.</summary>
internal sealed class PersonBatch : ImportBatch
{
    public List<PersonRow> Rows { get; } = [];
}

/// <summary>One person as a file tells it; null is not told and leaves what is stored.</summary>
internal sealed record PersonRow(
    long Record,
    long Line,
    PersonReference? Person,
    string? Email,
    string? Name,
    OrganizationReference? Organization,
    string? Position,
    EmployeeGroup? EmployeeGroup,
    string? Language,
    string? TimeZone,
    PersonStatus? Status) : INamesPerson
{
    /// <summary>All places where the file says that the person works.</summary>
    public IReadOnlyList<OrganizationReference> Places { get; init; } = [];
}

/// <summary>How a row names a person: by outside id or by our own or, without either, by e-mail address.</summary>
internal interface INamesPerson
{
    PersonReference? Person { get; }

    string? Email { get; }
}

/// <summary>A person as a file names it: by outside id, or by our own.</summary>
internal sealed record PersonReference(string? System, string? Value, Guid? Id)
{
    public override string ToString() => Id?.ToString() ?? $"{System} {Value}";
}
