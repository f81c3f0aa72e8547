namespace PLService.Api.Domain.People;

/// <summary>What a person is in an organization; <c>Access/Roles.cs</c> says what each may do.</summary>
public enum Role
{
    /// <summary>Administers the tenant, or a part of it: everything.</summary>
    AgencyAdmin,

    /// <summary>Leads a district: people, assessments, imports.</summary>
    DistrictLead,

    /// <summary>Runs assessments and sessions.</summary>
    Facilitator,

    /// <summary>Reviews and coaches: reads everything but single answers.</summary>
    Reviewer,

    /// <summary>Answers assessments.</summary>
    Participant,

    /// <summary>Reads results and reports.</summary>
    Viewer,
}

/// <summary>A role of a person in an organization and everything below it.</summary>
public sealed class Membership : TenantEntity
{
    private Membership()
    {
    }

    public Guid PersonId { get; private init; }

    /// <summary>The root of where it holds; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    public Role Role { get; private init; }

    /// <summary>The first day, in the organization's time zone; null is always.</summary>
    public DateOnly? StartsOn { get; private set; }

    /// <summary>The last day, in the organization's time zone; null is for good.</summary>
    public DateOnly? EndsOn { get; private set; }

    public static Membership Create(Guid personId, Role role, Guid? organizationId, DateOnly? startsOn = null, DateOnly? endsOn = null) =>
        new() { PersonId = personId, Role = role, OrganizationId = organizationId, StartsOn = startsOn, EndsOn = endsOn };

    /// <summary>Whether it holds at <paramref name="today"/>.</summary>
    public bool HoldsOn(DateOnly today) => (StartsOn is null || StartsOn <= today) && (EndsOn is null || EndsOn >= today);

    public DomainError? ChangeDates(DateOnly? startsOn, DateOnly? endsOn)
    {
        if (startsOn > endsOn)
            return MembershipErrors.EndsBeforeItStarts;

        (StartsOn, EndsOn) = (startsOn, endsOn);
        return null;
    }
}
