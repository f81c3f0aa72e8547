using PLService.Api.Domain;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>A group that members of teams stand for.</summary>
/// <param name="Code">By which members and rules name it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsShipped">Whether the service brings it along; else it is the tenant's own.</param>
/// <param name="Version">+1 per change; the ETag. 0 for those that the service brings along.</param>
internal sealed record TeamConstituencyResponse(string Code, string Name, bool IsShipped, long Version) : IVersioned
{
    internal static readonly TeamConstituencyResponse Sample = new("bargainingUnitNurses", "Federation of School Nurses", false, 1);

    internal static readonly TeamConstituencyResponse Shipped = new("bargainingUnit", TeamConstituency.Shipped["bargainingUnit"], true, 0);

    public static TeamConstituencyResponse Of(TeamConstituency own) => new(own.Code, own.Name, false, own.Version);

    /// <summary>The one that the service brings along under this code; null when there is none.</summary>
    public static TeamConstituencyResponse? OfShipped(string code) => TeamConstituency.Shipped.TryGetValue(code, out var name) ? new(code, name, true, 0) : null;
}
