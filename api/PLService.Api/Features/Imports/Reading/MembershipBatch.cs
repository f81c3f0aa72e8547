using PLService.Api.Domain.People;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>Roles of people, in the order of the file.</summary>
internal sealed class MembershipBatch : ImportBatch
{
    public List<MembershipRow> Rows { get; } = [];
}

/// <summary>One role of one person in one place as a file tells it. No organization is the whole tenant, which a row has to say.</summary>
internal sealed record MembershipRow(
    long Record,
    long Line,
    PersonReference? Person,
    string? Email,
    Role Role,
    OrganizationReference? Organization,
    ToldDay StartsOn,
    ToldDay EndsOn) : INamesPerson;

/// <summary>A day as a cell tells it: nothing leaves what is stored, and none takes the bound away.</summary>
/// <param name="IsTold">Whether the cell says anything.</param>
/// <param name="Day">The day; null is none.</param>
internal readonly record struct ToldDay(bool IsTold, DateOnly? Day)
{
    public DateOnly? Or(DateOnly? stored) => IsTold ? Day : stored;
}
