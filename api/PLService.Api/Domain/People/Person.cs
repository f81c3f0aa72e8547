namespace PLService.Api.Domain.People;

/// <summary>What a person is employed as, as far as plans and needs distinguish it.</summary>
public enum EmployeeGroup
{
    /// <summary>Teachers and others who need a certificate.</summary>
    Certificated,

    /// <summary>Support staff.</summary>
    Classified,

    SiteAdministrator,
    DistrictAdministrator,
    DistrictStaff,
    GoverningBoard,
    Contractor,
    Other,
}

/// <summary>Whether a person may sign in.</summary>
public enum PersonStatus
{
    Active,
    Deactivated,
}

/// <summary>How often a person is told by mail what is due.</summary>
public enum DigestRhythm
{
    Never,
    Daily,

    /// <summary>On Mondays.</summary>
    Weekly,
}

/// <summary>Somebody of a tenant. What the person may do is said by memberships, and how the person signs in by logins.</summary>
public sealed class Person : TenantEntity
{
    public const int NameMaxLength = 200;

    public const int PositionMaxLength = 120;
    public const int LanguageMaxLength = 35;
    public const int TimeZoneMaxLength = 64;
    public const string DefaultLanguage = "en";

    /// <summary>How many memberships a person may have, ended ones counted.</summary>
    public const int MaxMemberships = 100;

    private Person()
    {
    }

    /// <summary>Whose person it is: the employer. Null belongs to the tenant as a whole.</summary>
    public Guid? OrganizationId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The address as it was given; in any case it is the same person.</summary>
    public string? Email { get; private set; }

    public string? Position { get; private set; }
    public EmployeeGroup? EmployeeGroup { get; private set; }

    /// <summary>The language that the person wants to read, as a tag of BCP 47: <c>en</c>, <c>es</c>, <c>zh-Hant</c>.</summary>
    public string Language { get; private set; } = DefaultLanguage;

    /// <summary>IANA name; null is that of the organization.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>How often the person is told by mail what is due.</summary>
    public DigestRhythm Digest { get; private set; } = DigestRhythm.Weekly;

    public PersonStatus Status { get; private set; }
    public DateTimeOffset? DeactivatedAt { get; private set; }

    public static Person Create(PersonDetails details) => new Person().With(details);

    public void Change(PersonDetails details) => With(details);

    public void ChooseDigest(DigestRhythm rhythm) => Digest = rhythm;

    /// <summary>Ends every session of the person with it; memberships stay, so that reactivating brings back what was.</summary>
    public DomainError? Deactivate(DateTimeOffset now)
    {
        if (Status is PersonStatus.Deactivated)
            return PersonErrors.AlreadyDeactivated;

        (Status, DeactivatedAt) = (PersonStatus.Deactivated, now);
        return null;
    }

    public DomainError? Reactivate()
    {
        if (Status is PersonStatus.Active)
            return PersonErrors.NotDeactivated;

        (Status, DeactivatedAt) = (PersonStatus.Active, null);
        return null;
    }

    /// <summary>What is said of the person now.</summary>
    public PersonDetails Details() => new(Name, Email, OrganizationId, Position, EmployeeGroup, Language, TimeZone);

    private Person With(PersonDetails details)
    {
        (OrganizationId, Name, Email, Position, EmployeeGroup, Language, TimeZone) =
            (details.OrganizationId, details.Name, details.Email, details.Position, details.EmployeeGroup, details.Language, details.TimeZone);
        return this;
    }
}

/// <summary>What is said of a person, all of it replaced at once.</summary>
public sealed record PersonDetails(
    string Name, string? Email = null, Guid? OrganizationId = null, string? Position = null, EmployeeGroup? EmployeeGroup = null,
    string Language = Person.DefaultLanguage, string? TimeZone = null);
