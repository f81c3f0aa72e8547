using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>What is to be done for a row: whom it is about, null for a new person, and whose person that is to be.</summary>
internal sealed record PlannedPerson(PersonRow Row, KnownPerson? Known, Guid? OrganizationId)
{
    public bool Deactivates => Row.Status is PersonStatus.Deactivated && Known is { IsActive: true };

    public bool Reactivates => Row.Status is PersonStatus.Active && Known is { IsActive: false };

    public bool ChangesEmail => Row.Email is not null && Known is not null && !EmailAddress.AreSame(Row.Email, Known.Email);

    public bool EndsActive => Row.Status is { } status ? status is PersonStatus.Active : Known is not { IsActive: false };

    /// <summary>The address that an active person has in the end; null when it takes none from anybody.</summary>
    public string? TakesEmail => EndsActive ? Row.Email ?? (Reactivates ? Known!.Email : null) : null;
}

/// <summary>Sorts the rows of a file into new, known and wrong ones, by the rules that hold for people one by one.</summary>
internal sealed class PersonPlan(PLServiceDbContext db, Caller caller, RoleReach reach, LastAdmin lastAdmin, IssueLog issues, Func<Field, string> nameOf)
{
    private List<PlannedPerson> _kept = [];

    public IReadOnlyList<PlannedPerson> Kept => _kept;

    /// <summary>Rows that were rejected here.</summary>
    public int Rejected { get; private set; }

    public async Task MakeAsync(IReadOnlyList<PersonRow> rows, CancellationToken ct)
    {
        var finder = new PersonFinder(db, caller);
        var known = await finder.FindAsync(rows, ct);
        var places = await new OrganizationFinder(db, caller).FindAsync(rows.Select(row => row.Organization).OfType<OrganizationReference>(), ct);
        var seen = new HashSet<Guid>();
        foreach (var row in rows)
        {
            var place = row.Organization is { } named ? places.GetValueOrDefault(named) : null;
            if (IsRight(row, known.GetValueOrDefault(row), place, seen))
                _kept.Add(new(row, known.GetValueOrDefault(row), place?.Id));
        }

        await RefuseBeyondReachAsync(ct);
        await RefuseTakenAsync(finder, ct);
    }

    private bool IsRight(PersonRow row, KnownPerson? known, KnownOrganization? place, HashSet<Guid> seen)
    {
        var key = row.Person is null ? Field.Email : Field.Person;
        var value = row.Person?.ToString() ?? row.Email;
        if (row.Organization is { } named && place is not { IsReached: true })
            return Reject(row, ImportLoadCodes.UnknownOrganization, "No organization that you can reach has this id.", Field.Organization, named.ToString());
        if (known is null && row.Person?.Id is not null || known is { IsReached: false } && row.Person?.Id is not null)
            return Reject(row, ImportLoadCodes.UnknownPerson, "No person that you can reach has this id.", key, value);
        if (known is { IsReached: false })
            return Reject(row, row.Person is null ? PersonErrors.EmailTaken : PersonErrors.IdentifierTaken, key, value);
        if (known is { IsOwn: false })
            return Reject(row, PersonErrors.NotYours, key, value);
        if (known is not null && !seen.Add(known.Id))
            return Reject(row, ImportLoadCodes.DuplicatePerson, "An earlier row is about the same person. Keep one of them.", key, value);
        if (known is null && row.Name is null)
            return Reject(row, ImportCodes.MissingValue, "A new person needs a name.", Field.Name, null);
        return known is not null || place is not null || caller.ReachesAll || Reject(row, PersonErrors.OrganizationRequired, Field.Organization, null);
    }

    private async Task RefuseBeyondReachAsync(CancellationToken ct)
    {
        var beyond = await reach.RolesBeyondAsync(IdsOf(p => p.ChangesEmail || p.Reactivates), ct);
        Refuse(p => (p.ChangesEmail || p.Reactivates) && beyond.Contains(p.Known!.Id), PersonErrors.BeyondYourReach, Field.Email);
        var above = await reach.NotToShutOutAsync(IdsOf(p => p.Deactivates), ct);
        Refuse(p => p.Deactivates && above.Contains(p.Known!.Id), PersonErrors.BeyondYourReach, Field.Status);
        var admins = await lastAdmin.AmongAsync(IdsOf(p => p.Deactivates), ct);
        Refuse(p => p.Deactivates && admins.Contains(p.Known!.Id), MembershipErrors.LastAdmin, Field.Status);
    }

    // An address that the file takes from somebody whom it deactivates is free for somebody else of it.
    private async Task RefuseTakenAsync(PersonFinder finder, CancellationToken ct)
    {
        var holders = await finder.HoldersAsync([.. _kept.Select(p => p.TakesEmail).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)], ct);
        var leaving = IdsOf(p => p.Deactivates).ToHashSet();
        Refuse(p => p.TakesEmail is { } email && holders.TryGetValue(email, out var holder) && holder != p.Known?.Id && !leaving.Contains(holder), PersonErrors.EmailTaken, Field.Email);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Refuse(p => p.TakesEmail is { } email && !taken.Add(email), PersonErrors.EmailTaken, Field.Email);
    }

    private List<Guid> IdsOf(Func<PlannedPerson, bool> which) => [.. _kept.Where(which).Select(p => p.Known!.Id)];

    private void Refuse(Func<PlannedPerson, bool> which, DomainError error, Field field) =>
        _kept = _kept.FindAll(p => !which(p) || Reject(p.Row, error, field, p.Row.Person?.ToString() ?? p.Row.Email));

    private bool Reject(PersonRow row, DomainError error, Field field, string? value) => Reject(row, error.Code, error.Message, field, value);

    private bool Reject(PersonRow row, string code, string detail, Field field, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, row.Line, row.Record, nameOf(field), value is null ? null : ImportIssue.Cut(value)));
        Rejected++;
        return false;
    }
}
