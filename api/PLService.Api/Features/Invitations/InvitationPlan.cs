using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>An entry with whom and what it is about.</summary>
internal sealed record PlannedInvitation(InvitationEntry Entry, Place? Place, Guid PersonId, MailRecipient Recipient, Invitation? Pending, bool IsMember);

/// <summary>Finds out for a whole list, in as many queries as for one entry, whom it invites to what, and what is wrong with which entry.</summary>
internal sealed class InvitationPlan(PLServiceDbContext db, RoleReach reach, InvitationDesk desk, AuditTrail audit, TimeProvider clock)
{
    private readonly List<PlannedInvitation> _entries = [];

    /// <summary>The entries, in the order of the list.</summary>
    public IReadOnlyList<PlannedInvitation> Entries => _entries;

    /// <summary>Fills <see cref="Entries"/>, new people included, when nothing is wrong; otherwise gives the first fault of each wrong entry.</summary>
    public async Task<IReadOnlyList<ApiFault>> MakeAsync(IReadOnlyList<InvitationEntry> entries, InvitationDelivery delivery, CancellationToken ct)
    {
        var places = await db.ReachableOrganizations().NamedAsync(db, entries.Select(entry => entry.Organization).OfType<PlaceReference>(), ct);
        var named = entries.Select(entry => entry.Organization is { } reference ? places.GetValueOrDefault(reference) : null).ToList();
        var beyond = await reach.BeyondAsync([.. entries.Zip(named, (entry, place) => new Grant(entry.Role, place?.Id)).Distinct()], ct);
        var people = await new InvitedPeople(db).FindAsync([.. entries.Select(entry => entry.Email)], ct);
        var standing = await StandingAsync([.. people.Select(person => person.Known?.Id).OfType<Guid>().Distinct()], delivery, ct);

        var faults = new List<ApiFault>();
        var seen = new HashSet<(string, Role, Guid?)>();
        var further = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, place, person) = (entries[i], named[i], people[i]);
            var (at, fault) = FaultOf(entry, place, person, beyond, standing);
            if (fault is null && !seen.Add((person.Key, entry.Role, place?.Id)))
                (at, fault) = ("email", InvitationFaults.Duplicate);
            if (fault is null && IsFurther(entry, place, person, standing) && !standing.HasRoom(person.Known?.Id, further[person.Key] = further.GetValueOrDefault(person.Key) + 1))
                (at, fault) = ("email", InvitationFaults.TooManyOfPerson);
            if (fault is not null)
                faults.Add(new($"/invitations/{i}/{at}", fault.Code, fault.Message));
        }

        if (faults.Count == 0)
            Fill(entries, named, people, standing);
        return faults;
    }

    private (string At, DomainError? Fault) FaultOf(InvitationEntry entry, Place? place, InvitedPerson person, HashSet<Grant> beyond, Standing standing)
    {
        if (entry.Organization is not null && place is null)
            return ("organization", InvitationFaults.UnknownOrganization);
        if (place?.Status is OrganizationStatus.Closed)
            return ("organization", InvitationFaults.OrganizationClosed);
        if (beyond.Contains(new(entry.Role, place?.Id)))
            return ("role", InvitationFaults.RoleBeyondYourReach);
        if (entry.EndsOn < TodayAt(place))
            return ("endsOn", InvitationFaults.RoleHasEnded);
        if (person.IsDeactivated)
            return ("email", InvitationFaults.DeactivatedPerson);
        if (person.Known is not { } known || standing.Holds(known.Id, entry.Role, place?.Id, TodayAt(place)))
            return ("", null);
        return ("email",
            standing.Beyond.Contains(known.Id) ? InvitationFaults.PersonBeyondYourReach
            : standing.PendingOf(known.Id, entry.Role, place?.Id)?.RefusesToSend(clock.GetUtcNow()) is null ? null
            : InvitationFaults.SentTooOften);
    }

    /// <summary>Whether the entry makes one more invitation of the person, and renews none.</summary>
    private bool IsFurther(InvitationEntry entry, Place? place, InvitedPerson person, Standing standing) =>
        person.Known is not { } known
        || (standing.PendingOf(known.Id, entry.Role, place?.Id) is null && !standing.Holds(known.Id, entry.Role, place?.Id, TodayAt(place)));

    private void Fill(IReadOnlyList<InvitationEntry> entries, List<Place?> named, IReadOnlyList<InvitedPerson> people, Standing standing)
    {
        var added = new Dictionary<string, KnownPerson>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, place, key) = (entries[i], named[i], people[i].Key);
            if ((people[i].Known ?? added.GetValueOrDefault(key)) is not { } person)
                added[key] = person = Add(entry, place);
            // Until there is a name, nobody is addressed by one.
            var name = EmailAddress.AreSame(person.Name, person.Email) ? null : person.Name;
            _entries.Add(new(
                entry, place, person.Id, new MailRecipient(person.Email, name, person.Id, person.Language), standing.PendingOf(person.Id, entry.Role, place?.Id),
                standing.Holds(person.Id, entry.Role, place?.Id, TodayAt(place))));
        }
    }

    private KnownPerson Add(InvitationEntry entry, Place? place)
    {
        var person = Person.Create(new PersonDetails(entry.Name ?? entry.Email, entry.Email, place?.Id, Language: entry.Language ?? Person.DefaultLanguage));
        db.Add(person);
        audit.Record("person.created", person.Id, person.OrganizationId, new { reason = "invitation" });
        return new(person.Id, person.Name, entry.Email, person.Language);
    }

    private async Task<Standing> StandingAsync(IReadOnlyList<Guid> people, InvitationDelivery delivery, CancellationToken ct) => new(
        await db.Memberships.Where(m => people.Contains(m.PersonId)).AsNoTracking().ToListAsync(ct),
        await db.Invitations.Where(i => people.Contains(i.PersonId) && i.Status == InvitationStatus.Pending).ToListAsync(ct),
        delivery is InvitationDelivery.Link ? await desk.NotToHandOverAsync(people, ct) : []);

    private DateOnly TodayAt(Place? place) => place?.Today(clock.GetUtcNow()) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>What the known people of a list have and are invited to.</summary>
    private sealed class Standing(List<Membership> memberships, List<Invitation> pending, HashSet<Guid> beyond)
    {
        private readonly ILookup<Guid, Membership> _memberships = memberships.ToLookup(m => m.PersonId);
        private readonly ILookup<Guid, Invitation> _pending = pending.ToLookup(i => i.PersonId);

        /// <summary>Those whose link whoever invites must not see.</summary>
        public HashSet<Guid> Beyond => beyond;

        public bool Holds(Guid personId, Role role, Guid? organizationId, DateOnly today) =>
            _memberships[personId].Any(m => m.Role == role && m.OrganizationId == organizationId && (m.EndsOn is null || m.EndsOn >= today));

        public Invitation? PendingOf(Guid personId, Role role, Guid? organizationId) =>
            _pending[personId].FirstOrDefault(i => i.Role == role && i.OrganizationId == organizationId);

        /// <summary>Whether the person, null for a new one, can have so many further invitations.</summary>
        public bool HasRoom(Guid? personId, int further)
        {
            var pending = further + (personId is { } id ? _pending[id].Count() : 0);
            return pending <= Invitation.MaxPendingPerPerson && pending + (personId is { } known ? _memberships[known].Count() : 0) <= Person.MaxMemberships;
        }
    }
}
