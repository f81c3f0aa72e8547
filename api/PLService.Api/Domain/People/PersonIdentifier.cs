namespace PLService.Api.Domain.People;

/// <summary>An id that the person has outside: human resources, state, student information system. Leading zeros matter.</summary>
public sealed class PersonIdentifier : ITenantOwned
{
    public const int SystemMaxLength = 40;
    public const int ValueMaxLength = 80;

    /// <summary>How many ids one person may have, ended ones counted.</summary>
    public const int MaxPerPerson = 20;

    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>Who gave the id: <c>hr</c>, <c>state</c>, <c>sis</c>, ...</summary>
    public string System { get; init; } = "";

    public string Value { get; init; } = "";
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day on which it was valid; null while it is.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Ends it with <paramref name="validTo"/> as its last day.</summary>
    public DomainError? End(DateOnly validTo, DateOnly today)
    {
        if (ValidTo is not null)
            return PersonErrors.IdentifierEnded;
        if (validTo > today)
            return PersonErrors.IdentifierInFuture;
        if (ValidFrom > validTo)
            return PersonErrors.IdentifierEndsBeforeItBegins;

        ValidTo = validTo;
        return null;
    }

    /// <summary>Whether it can be added as a further one to the <paramref name="count"/> of its person.</summary>
    /// <param name="others">Every entry of the tenant with the same system and value.</param>
    /// <param name="count">How many entries its person has.</param>
    /// <param name="today">The day that it is where the person is.</param>
    public DomainError? CheckAgainst(IReadOnlyCollection<PersonIdentifier> others, int count, DateOnly today)
    {
        if (count >= MaxPerPerson)
            return PersonErrors.TooManyIdentifiers;
        if (ValidFrom > today || ValidTo > today)
            return PersonErrors.IdentifierInFuture;
        if (ValidTo is null && others.Any(other => other.ValidTo is null))
            return PersonErrors.IdentifierTaken;
        return others.Any(other => Period.Overlaps(other.Period)) ? PersonErrors.IdentifierOverlaps : null;
    }

    private ValidityPeriod Period => new(ValidFrom, ValidTo);
}
