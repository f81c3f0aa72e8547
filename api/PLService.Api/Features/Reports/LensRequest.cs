namespace PLService.Api.Features.Reports;

/// <summary>What reports whose cells may be standards are asked.</summary>
public abstract class LensRequest
{
    /// <summary>
    /// Code of a framework of standards to see the figures through: cells are then its standards, each made of the items that speak to it,
    /// under its names of today and former ones.
    /// </summary>
    public string? Lens { get; init; }
}
