namespace PLService.Api.Features.Imports.Reading;

/// <summary>Organizations, in the order of the file.</summary>
internal sealed class OrganizationBatch : ImportBatch
{
    public List<OrganizationRow> Rows { get; } = [];
}

/// <summary>
/// One organization as a file tells it; null is not told and leaves what is stored. The kind is as written, in lower case; the database
/// stage knows which there are.
/// </summary>
internal sealed record OrganizationRow(
    long Record,
    long Line,
    OrganizationReference Organization,
    string? Name,
    string? Kind,
    OrganizationReference? Parent,
    string? TimeZone,
    DateOnly? OpenedOn,
    DateOnly? ClosedOn,
    OrganizationReference? Successor)
{
    /// <summary>The number of the National Center for Education Statistics, when the file tells it beside another id.</summary>
    public string? NcesId { get; init; }
}
