using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence;

namespace PLService.Api.Http;

/// <summary>Names an organization: by the service's id, or by system and value of an outside id.</summary>
/// <param name="Id">The service's id; nothing else is given then.</param>
/// <param name="System">Who gave the outside id.</param>
/// <param name="Value">The outside id; leading zeros matter.</param>
public sealed record PlaceReference(Guid? Id = null, string? System = null, string? Value = null);

internal sealed class PlaceReferenceValidator : AbstractValidator<PlaceReference>
{
    private const int PartMaxLength = 80;

    public PlaceReferenceValidator()
    {
        RuleFor(place => place)
            .Must(place => place.Id is null ? place is { System: not null, Value: not null } : place is { System: null, Value: null })
            .WithErrorCode("organization.bad_reference")
            .WithMessage("An organization is named either by id, or by system and value.");
        RuleFor(place => place.System).MaximumLength(PartMaxLength);
        RuleFor(place => place.Value).MaximumLength(PartMaxLength);
    }
}

/// <summary>An organization that somebody named.</summary>
internal sealed record Place(Guid Id, string Name, string TimeZone, OrganizationStatus Status)
{
    /// <summary>The day that it is there.</summary>
    public DateOnly Today(DateTimeOffset now) => LocalDay.In(TimeZone, now);
}

internal static class Places
{
    /// <summary>Those of <paramref name="organizations"/> that are named, in two queries however many they are.</summary>
    public static async Task<Dictionary<PlaceReference, Place>> NamedAsync(
        this IQueryable<Organization> organizations, PLServiceDbContext db, IEnumerable<PlaceReference> references, CancellationToken ct)
    {
        var named = references.Distinct().ToList();
        var systems = named.Select(place => place.System).OfType<string>().Distinct().ToList();
        var values = named.Select(place => place.Value).OfType<string>().Distinct().ToList();
        var outside = systems.Count == 0
            ? []
            : await db.OrganizationIdentifiers.Where(i => systems.Contains(i.System) && values.Contains(i.Value) && i.ValidTo == null)
                .ToDictionaryAsync(i => (i.System, i.Value), i => i.OrganizationId, ct);
        Guid? IdOf(PlaceReference place) => place.Id ?? (outside.TryGetValue((place.System!, place.Value!), out var id) ? id : null);

        var ids = named.Select(IdOf).OfType<Guid>().Distinct().ToList();
        var found = ids.Count == 0
            ? []
            : await organizations.Where(o => ids.Contains(o.Id)).Select(o => new Place(o.Id, o.Name, o.TimeZone, o.Status)).ToDictionaryAsync(o => o.Id, ct);
        return named.Where(place => IdOf(place) is { } id && found.ContainsKey(id)).ToDictionary(place => place, place => found[IdOf(place)!.Value]);
    }

    /// <summary>The one that is named; null when it is none of these.</summary>
    public static async Task<Place?> NamedAsync(this IQueryable<Organization> organizations, PLServiceDbContext db, PlaceReference reference, CancellationToken ct) =>
        (await organizations.NamedAsync(db, [reference], ct)).GetValueOrDefault(reference);
}
