namespace PLService.Api.Features.Imports.Reading;

/// <summary>An organization as a file names it: by outside id, or by our own.</summary>
/// <param name="System">The system of the outside id, such as "nces"; null with <paramref name="Id"/>.</param>
/// <param name="Value">The outside id, leading zeros kept; null with <paramref name="Id"/>.</param>
/// <param name="Id">Our own id.</param>
internal sealed record OrganizationReference(string? System, string? Value, Guid? Id)
{
    public override string ToString() => Id?.ToString() ?? $"{System} {Value}";
}

/// <summary>The assessment that ratings belong to, as far as the file and the request tell; the database stage finds or makes it.</summary>
internal sealed record AssessmentScope(
    OrganizationReference? Organization,
    string? AssessmentExternalId,
    Guid? AssessmentId,
    string? Instrument,
    string? InstrumentVersion,
    string? Round,
    DateOnly? WindowOpens,
    DateOnly? WindowCloses);

/// <summary>What a rating answers: an item on one of its axes.</summary>
/// <param name="ItemCode">The item, as the file first writes it.</param>
/// <param name="Axis">Null for the item's first axis.</param>
internal sealed record Question(string ItemCode, string? Axis);
