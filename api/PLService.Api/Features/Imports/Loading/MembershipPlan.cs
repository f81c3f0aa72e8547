using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>What is to be done for a row: whose role where, what is stored of it, and the days that it is to have.</summary>
internal sealed record PlannedMembership(MembershipRow Row, Guid PersonId, Guid? OrganizationId)
{
    public StoredMembership? Stored { get; init; }

    public MembershipDays Days { get; init; } = new(null, null);

    public (Guid, Grant) Key => (PersonId, Grant);

    public Grant Grant { get; } = new(Row.Role, OrganizationId);

    public bool IsChanged => Stored?.Days != Days;

    public bool IsOfWholeTenantAdmin => Grant is { Role: Role.AgencyAdmin, OrganizationId: null };

    public bool Takes(DateOnly today) => Stored is not null && IsChanged && Days.TakeFrom(Stored.Days, today);
}

/// <summary>Sorts the rows of a file into new, known and wrong roles, by the rules that hold for them one by one.</summary>
internal sealed class MembershipPlan(RoleReach reach, LastAdmin lastAdmin, IssueLog issues, Func<Field, string> nameOf, DateOnly today)
{
    private readonly Dictionary<(Guid, Grant), PlannedMembership> _byKey = [];
    private List<PlannedMembership> _kept = [];

    public IReadOnlyList<PlannedMembership> Kept => _kept;

    /// <summary>Rows that were rejected here.</summary>
    public int Rejected { get; private set; }

    /// <summary>Rows that say again what an earlier one said.</summary>
    public int Repeated { get; private set; }

    /// <summary>The people whom the rows mean, with the places; rows that name none that the sender reaches are told.</summary>
    public void Resolve(
        IReadOnlyList<MembershipRow> rows, IReadOnlyDictionary<MembershipRow, KnownPerson> people, IReadOnlyDictionary<OrganizationReference, KnownOrganization> places)
    {
        foreach (var row in rows)
        {
            var place = row.Organization is { } named ? places.GetValueOrDefault(named) : null;
            if (row.Organization is not null && place is not { IsReached: true })
                Reject(row, ImportLoadCodes.UnknownOrganization, "No organization that you can reach has this id.", Field.Organization, row.Organization.ToString());
            else if (people.GetValueOrDefault(row) is not { IsReached: true } person)
                Reject(row, ImportLoadCodes.UnknownPerson, "Nobody whom you can reach has this id or address. Import people before their roles.", FieldOf(row), NameOf(row));
            else
                _kept.Add(new(row, person.Id, place?.Id));
        }
    }

    /// <summary>Holds the rows against what is stored.</summary>
    public async Task CompareAsync(IReadOnlyCollection<StoredMembership> stored, IReadOnlySet<Guid> active, CancellationToken ct)
    {
        await RefuseBeyondReachAsync(ct);
        var byKey = stored.ToDictionary(m => (m.PersonId, m.Grant));
        _kept = _kept.ConvertAll(p => byKey.TryGetValue(p.Key, out var found)
            ? p with { Stored = found, Days = new(p.Row.StartsOn.Or(found.Days.StartsOn), p.Row.EndsOn.Or(found.Days.EndsOn)) }
            : p with { Days = new(p.Row.StartsOn.Day, p.Row.EndsOn.Day) });
        _kept = _kept.FindAll(IsRight);
        RefuseTooMany(stored.ToLookup(m => m.PersonId));
        await RefuseLastAdminAsync(active, ct);
    }

    private bool IsRight(PlannedMembership planned)
    {
        var row = planned.Row;
        if (planned.Days.StartsOn > planned.Days.EndsOn)
            return Reject(row, MembershipErrors.EndsBeforeItStarts.Code, MembershipErrors.EndsBeforeItStarts.Message, Field.EndsOn, $"{planned.Days.EndsOn:yyyy-MM-dd}");
        if (_byKey.TryAdd(planned.Key, planned))
        {
            if (planned is { IsChanged: false, Stored.Days.EndsOn: { } ended } && ended < today && !row.EndsOn.IsTold)
                Warn(row, ImportLoadCodes.MembershipEnded, $"The role ended on {ended:yyyy-MM-dd} and stays ended. Write {Reading.Rows.MembershipRows.NoDay} or a later last day to give it again.");
            return true;
        }

        var first = _byKey[planned.Key];
        if (first.Days != planned.Days)
        {
            return Reject(
                row, ImportLoadCodes.DuplicateMembership,
                $"Line {first.Row.Line} is about the same role of the same person there. A role is held once in a place: keep one row, with the first and the last day of all the time.",
                FieldOf(row), NameOf(row));
        }

        Warn(row, ImportCodes.DuplicateRow, $"The row repeats line {first.Row.Line}. It was counted once.");
        Repeated++;
        return false;
    }

    private async Task RefuseBeyondReachAsync(CancellationToken ct)
    {
        var beyond = await reach.BeyondAsync([.. _kept.Select(p => p.Grant).Distinct()], ct);
        Refuse(p => beyond.Contains(p.Grant), MembershipErrors.BeyondYourReach);
    }

    private void RefuseTooMany(ILookup<Guid, StoredMembership> stored)
    {
        var counts = new Dictionary<Guid, int>();
        Refuse(
            p =>
            {
                if (p.Stored is not null)
                    return false;
                var count = counts.GetValueOrDefault(p.PersonId, stored[p.PersonId].Count());
                if (count >= Person.MaxMemberships)
                    return true;
                counts[p.PersonId] = count + 1;
                return false;
            },
            MembershipErrors.TooMany);
    }

    // Whom the file gives the role for good can give it on: it may be handed over in one file.
    private async Task RefuseLastAdminAsync(IReadOnlySet<Guid> active, CancellationToken ct)
    {
        if (_kept.Exists(p => p.IsOfWholeTenantAdmin && active.Contains(p.PersonId) && p.Days.HoldOn(today) && p.Days.EndsOn is null))
            return;
        var last = await lastAdmin.AmongAsync([.. _kept.Where(p => p.IsOfWholeTenantAdmin && p.Takes(today)).Select(p => p.PersonId)], ct);
        Refuse(p => p.IsOfWholeTenantAdmin && p.Takes(today) && last.Contains(p.PersonId), MembershipErrors.LastAdmin);
    }

    private void Refuse(Predicate<PlannedMembership> which, DomainError error) =>
        _kept = _kept.FindAll(p => !which(p) || Reject(p.Row, error.Code, error.Message, Field.MembershipRole, Persistence.EnumText.Of(p.Row.Role)));

    private bool Reject(MembershipRow row, string code, string detail, Field field, string? value)
    {
        issues.Add(new(ImportSeverity.Error, code, detail, row.Line, row.Record, nameOf(field), value is null ? null : ImportIssue.Cut(value)));
        Rejected++;
        return false;
    }

    private void Warn(MembershipRow row, string code, string detail) =>
        issues.Add(new(ImportSeverity.Warning, code, detail, row.Line, row.Record, nameOf(FieldOf(row)), ImportIssue.Cut(NameOf(row))));

    private static Field FieldOf(MembershipRow row) => row.Person is null ? Field.Email : Field.Person;

    private static string NameOf(MembershipRow row) => row.Person?.ToString() ?? row.Email!;
}
