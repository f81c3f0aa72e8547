using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>A typed link between two standards, or a standard and a framework. It never changes: another link takes its place.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Type">A type of CASE association: <c>exactMatchOf</c>, <c>isRelatedTo</c>, or one that begins with <c>ext:</c>.</param>
/// <param name="Framework">The framework that keeps it.</param>
/// <param name="Origin">From where it leads.</param>
/// <param name="Destination">Where it leads to.</param>
/// <param name="SequenceNumber">Order among siblings, for links of a tree.</param>
/// <param name="Notes">Notes.</param>
public sealed record AssociationResponse(
    Guid Id, string Type, NamedFramework Framework, AssociationEnd Origin, AssociationEnd Destination, int? SequenceNumber, string? Notes) : IEntityTagged
{
    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public string EntityTag => $"{Framework.Id:N}-{Id:N}-{SequenceNumber}";

    internal static readonly AssociationResponse Sample = new(
        Guid.Parse("3e4d5c6b-7a8f-4b9e-8c0d-1a2b3c4d5e6f"),
        "exactMatchOf",
        FrameworkResponse.SampleReference,
        new(Guid.Parse("5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69"), "Leadership", "https://pl.example.org/ims/case/v1p1/CFItems/5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69", "LEA",
            "Leaders make time for professional learning and take part in it.", FrameworkResponse.SampleReference),
        new(Guid.Parse("6a4b2e3d-9c8f-4d7e-8b1a-2f3e4d5c6b7a"), "Leadership", "https://pl.example.org/ims/case/v1p1/CFItems/6a4b2e3d-9c8f-4d7e-8b1a-2f3e4d5c6b7a", "LEA",
            "Leadership", new(Guid.Parse("1d5c4b63-7e2f-4a8b-9c0d-3e4f5a6b7c8d"), "ct-2015", "Connecticut Standards for Professional Learning",
                Domain.Frameworks.FrameworkStatus.Published, true)),
        null,
        null);
}

/// <summary>An end of a link.</summary>
/// <param name="Id">CASE identifier; null when that is nothing of CASE.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Uri">Its address.</param>
/// <param name="Code">How people cite the standard; null when it has no code or is not known here.</param>
/// <param name="Statement">The whole text of the standard; null when it is no standard or is not known here.</param>
/// <param name="Framework">The framework of the standard, or the framework that it is itself; null when it is not known here.</param>
public sealed record AssociationEnd(Guid? Id, string Title, string Uri, string? Code, string? Statement, NamedFramework? Framework);
