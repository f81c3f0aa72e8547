using System.Globalization;
using System.Text.Json;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>A framework without its standards.</summary>
public sealed record FrameworkResponse : FrameworkDetails, IVersioned
{
    /// <summary>The CASE identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>Short name, stable: <c>ct-2015</c>. Instruments name the framework by it.</summary>
    public required string Code { get; init; }

    /// <summary>Whether it ships with the service; such are the same for every tenant and read-only.</summary>
    public required bool Catalog { get; init; }

    /// <summary>A draft changes freely, a published one keeps what its standards were called, a retired one is only read.</summary>
    public required FrameworkStatus Status { get; init; }

    /// <summary>Its CASE address.</summary>
    public required string Uri { get; init; }

    /// <summary>The framework that it was copied from; null for an original.</summary>
    public required NamedFramework? DerivedFrom { get; init; }

    /// <summary>What it holds.</summary>
    public required FrameworkCounts Counts { get; init; }

    /// <summary>Members of the CFDocument that have no place of their own here, as they came: <c>frameworkType</c>, <c>extensions</c>; null when there are none.</summary>
    public required JsonElement? More { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was retired.</summary>
    public required DateTimeOffset? RetiredAt { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public required long Version { get; init; }

    internal static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);
    internal static readonly NamedFramework SampleReference = new(
        Guid.Parse("0c4b3a52-6d1e-4f7a-9b8c-2d3e4f5a6b7c"), "cedar-2026", "Cedar Valley Standards for Professional Learning", FrameworkStatus.Draft, false);

    internal new static readonly FrameworkResponse Sample = new()
    {
        Title = FrameworkDetails.Sample.Title,
        Creator = FrameworkDetails.Sample.Creator,
        Language = FrameworkDetails.Sample.Language,
        VersionLabel = FrameworkDetails.Sample.VersionLabel,
        AdoptionStatus = FrameworkDetails.Sample.AdoptionStatus,
        Licence = FrameworkDetails.Sample.Licence,
        Subjects = FrameworkDetails.Sample.Subjects,
        Id = SampleReference.Id,
        Code = SampleReference.Code,
        Catalog = false,
        Status = FrameworkStatus.Draft,
        Uri = $"https://pl.example.org/ims/case/v1p1/CFDocuments/{SampleReference.Id}",
        DerivedFrom = null,
        Counts = new(33, 40, 0),
        More = null,
        PublishedAt = null,
        RetiredAt = null,
        CreatedAt = SampleTime,
        UpdatedAt = SampleTime,
        Version = 1,
    };

    /// <summary>The response for a stored framework.</summary>
    internal static FrameworkResponse Of(
        Framework framework, string? licence, NamedFramework? derivedFrom, FrameworkCounts counts, string baseAddress) =>
        FrameworkBody.Read(framework.Body, licence, new FrameworkResponse
        {
            Title = framework.Title,
            Creator = "",
            Id = framework.Id,
            Code = framework.Code,
            Catalog = framework.TenantId == Guid.Empty,
            Status = framework.Status,
            Uri = CaseObject.Read(CaseAddresses.Expand(framework.Body, baseAddress)).Text("uri") ?? "",
            DerivedFrom = derivedFrom,
            Counts = counts,
            More = CaseTexts.Others(framework.Body, FrameworkBody.Known, baseAddress),
            PublishedAt = framework.PublishedAt,
            RetiredAt = framework.RetiredAt,
            CreatedAt = framework.CreatedAt,
            UpdatedAt = framework.UpdatedAt,
            Version = framework.Version,
        });
}

/// <summary>What a framework holds.</summary>
/// <param name="Standards">Standards.</param>
/// <param name="Associations">Links that are kept in it, its tree included.</param>
/// <param name="Rubrics">Rubrics.</param>
public sealed record FrameworkCounts(int Standards, int Associations, int Rubrics);

/// <summary>Names a framework.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Code">Short name.</param>
/// <param name="Title">The title.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Catalog">Whether it ships with the service.</param>
public sealed record NamedFramework(Guid Id, string Code, string Title, FrameworkStatus Status, bool Catalog);

/// <summary>A framework in a list.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Code">Short name, stable.</param>
/// <param name="Title">The title.</param>
/// <param name="Creator">Who wrote it.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Language">Its language.</param>
/// <param name="VersionLabel">Which version it is, in the publisher's words.</param>
/// <param name="AdoptionStatus">Where it stands with its publisher, in a free word.</param>
/// <param name="Subjects">What it is about in single words.</param>
/// <param name="Catalog">Whether it ships with the service.</param>
/// <param name="Status">A draft changes freely, a published one keeps what its standards were called, a retired one is only read.</param>
/// <param name="DerivedFromId">The framework that it was copied from.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RetiredAt">When it was retired.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change.</param>
public sealed record FrameworkSummary(
    Guid Id,
    string Code,
    string Title,
    string? Creator,
    string? Publisher,
    string? Language,
    string? VersionLabel,
    string? AdoptionStatus,
    IReadOnlyList<string> Subjects,
    bool Catalog,
    FrameworkStatus Status,
    Guid? DerivedFromId,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? RetiredAt,
    DateTimeOffset UpdatedAt,
    long Version)
{
    internal static readonly FrameworkSummary Sample = new(
        FrameworkResponse.Sample.Id, FrameworkResponse.Sample.Code, FrameworkResponse.Sample.Title, FrameworkResponse.Sample.Creator, null, "en", "2026", "Draft",
        ["Professional Learning"], false, FrameworkStatus.Draft, null, null, null, FrameworkResponse.SampleTime, 1);

    internal static FrameworkSummary Of(Framework framework)
    {
        var body = CaseObject.Read(framework.Body);
        return new(
            framework.Id, framework.Code, framework.Title, body.Text("creator"), body.Text("publisher"), body.Text("language"), body.Text("version"),
            body.Text("adoptionStatus"), body.Texts("subject"), framework.TenantId == Guid.Empty, framework.Status, framework.DerivedFromId,
            framework.PublishedAt, framework.RetiredAt, framework.UpdatedAt, framework.Version);
    }
}
