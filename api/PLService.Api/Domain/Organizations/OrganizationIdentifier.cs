namespace PLService.Api.Domain.Organizations;

/// <summary>An id that the organization has outside: NCES, state, student information system. Leading zeros matter.</summary>
public sealed class OrganizationIdentifier : ITenantOwned
{
    public const int SystemMaxLength = 40;
    public const int ValueMaxLength = 80;

    /// <summary>How many ids one organization may have, ended ones counted.</summary>
    public const int MaxPerOrganization = 50;

    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }

    /// <summary>Who gave the id: <c>nces</c>, <c>state</c>, <c>sis</c>, ...</summary>
    public string System { get; init; } = "";

    public string Value { get; init; } = "";
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day on which it was valid; null while it is.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Ends it with <paramref name="validTo"/> as its last day.</summary>
    public DomainError? End(DateOnly validTo, DateOnly today)
    {
        if (ValidTo is not null)
            return OrganizationErrors.IdentifierEnded;
        if (validTo > today)
            return OrganizationErrors.IdentifierInFuture;
        if (ValidFrom > validTo)
            return OrganizationErrors.IdentifierEndsBeforeItBegins;

        ValidTo = validTo;
        return null;
    }

    /// <summary>Whether it can be added as a further one to the <paramref name="count"/> of its organization.</summary>
    /// <param name="others">Every entry of the tenant with the same system and value.</param>
    /// <param name="count">How many entries its organization has.</param>
    /// <param name="today">The day that it is where the organization is.</param>
    public DomainError? CheckAgainst(IReadOnlyCollection<OrganizationIdentifier> others, int count, DateOnly today)
    {
        if (count >= MaxPerOrganization)
            return OrganizationErrors.TooManyIdentifiers;
        if (ValidFrom > today || ValidTo > today)
            return OrganizationErrors.IdentifierInFuture;
        if (ValidTo is null && others.Any(other => other.ValidTo is null))
            return OrganizationErrors.IdentifierTaken;
        return others.Any(Overlaps) ? OrganizationErrors.IdentifierOverlaps : null;
    }

    private bool Overlaps(OrganizationIdentifier other) => new ValidityPeriod(ValidFrom, ValidTo).Overlaps(new(other.ValidFrom, other.ValidTo));
}
