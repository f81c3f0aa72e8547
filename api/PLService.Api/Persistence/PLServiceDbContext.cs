using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Auditing;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Teams;
using PLService.Api.Domain.Tenants;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Persistence;

/// <summary>The rows of one tenant. The database itself hides every other tenant's; the query filter only helps it to find ours.</summary>
public sealed class PLServiceDbContext : DbContext
{
    /// <summary>The schema that all tables live in.</summary>
    public const string Schema = "pls";

    private readonly Caller _caller;

    public PLServiceDbContext(DbContextOptions<PLServiceDbContext> options, Caller caller, OpenedContext opened)
        : base(options)
    {
        _caller = caller;
        opened.Db = this;
        // The tenant is set when a transaction starts, so even a single insert gets one.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        // A new row gets the tenant of the caller, so that no slice has to think of it.
        ChangeTracker.Tracking += (_, tracking) =>
        {
            if (!tracking.FromQuery && tracking.State is EntityState.Added && tracking.Entry.Entity is ITenantOwned)
                tracking.Entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = TenantId;
        };
    }

    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<OrganizationClosure> OrganizationClosure => Set<OrganizationClosure>();
    public DbSet<OrganizationIdentifier> OrganizationIdentifiers => Set<OrganizationIdentifier>();
    public DbSet<ApiClient> ApiClients => Set<ApiClient>();
    public DbSet<ApiClientSecret> ApiClientSecrets => Set<ApiClientSecret>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();
    public DbSet<Instrument> Instruments => Set<Instrument>();
    public DbSet<InstrumentVersion> InstrumentVersions => Set<InstrumentVersion>();
    public DbSet<Assessment> Assessments => Set<Assessment>();
    public DbSet<Response> Responses => Set<Response>();
    public DbSet<Tally> Tallies => Set<Tally>();
    public DbSet<AssessmentResult> AssessmentResults => Set<AssessmentResult>();
    public DbSet<AssessmentCounts> AssessmentCounts => Set<AssessmentCounts>();
    public DbSet<Rollup> Rollups => Set<Rollup>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonIdentifier> PersonIdentifiers => Set<PersonIdentifier>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<SupportGrant> SupportGrants => Set<SupportGrant>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();
    public DbSet<IdentityProvider> IdentityProviders => Set<IdentityProvider>();
    public DbSet<PersonLogin> PersonLogins => Set<PersonLogin>();

    public DbSet<Mail> Mails => Set<Mail>();
    public DbSet<MailOptOut> MailOptOuts => Set<MailOptOut>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<AccountTicket> AccountTickets => Set<AccountTicket>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<PersonSession> PersonSessions => Set<PersonSession>();

    public DbSet<JoinCode> JoinCodes => Set<JoinCode>();
    public DbSet<Participation> Participations => Set<Participation>();
    public DbSet<ReminderRound> ReminderRounds => Set<ReminderRound>();
    public DbSet<Reminder> Reminders => Set<Reminder>();

    public DbSet<Framework> Frameworks => Set<Framework>();
    public DbSet<Standard> Standards => Set<Standard>();
    public DbSet<StandardName> StandardNames => Set<StandardName>();
    public DbSet<StandardAssociation> StandardAssociations => Set<StandardAssociation>();
    public DbSet<FrameworkDefinition> FrameworkDefinitions => Set<FrameworkDefinition>();
    public DbSet<Rubric> Rubrics => Set<Rubric>();
    public DbSet<StandardReference> StandardReferences => Set<StandardReference>();

    public DbSet<Toolkit> Toolkits => Set<Toolkit>();
    public DbSet<ToolkitVersion> ToolkitVersions => Set<ToolkitVersion>();
    public DbSet<ToolkitRun> ToolkitRuns => Set<ToolkitRun>();
    public DbSet<ToolkitRunMember> ToolkitRunMembers => Set<ToolkitRunMember>();
    public DbSet<ToolMark> ToolMarks => Set<ToolMark>();
    public DbSet<Worksheet> Worksheets => Set<Worksheet>();
    public DbSet<WorksheetValue> WorksheetValues => Set<WorksheetValue>();
    public DbSet<WorksheetChange> WorksheetChanges => Set<WorksheetChange>();
    public DbSet<WorksheetImage> WorksheetImages => Set<WorksheetImage>();
    public DbSet<Reading> Readings => Set<Reading>();
    public DbSet<ReadingRevision> ReadingRevisions => Set<ReadingRevision>();
    public DbSet<Annotation> Annotations => Set<Annotation>();

    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<PlanPart> PlanParts => Set<PlanPart>();
    public DbSet<PlanChange> PlanChanges => Set<PlanChange>();
    public DbSet<PlanTally> PlanTallies => Set<PlanTally>();
    public DbSet<CheckIn> CheckIns => Set<CheckIn>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<TeamConstituency> TeamConstituencies => Set<TeamConstituency>();
    public DbSet<TeamRuleSet> TeamRuleSets => Set<TeamRuleSet>();
    public DbSet<TeamMeeting> TeamMeetings => Set<TeamMeeting>();
    public DbSet<TeamAttendance> TeamAttendances => Set<TeamAttendance>();
    public DbSet<TeamDecision> TeamDecisions => Set<TeamDecision>();

    public DbSet<PlanTemplate> PlanTemplates => Set<PlanTemplate>();
    public DbSet<PlanForm> PlanForms => Set<PlanForm>();
    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();
    public DbSet<PlanReview> PlanReviews => Set<PlanReview>();
    public DbSet<PlanComment> PlanComments => Set<PlanComment>();

    public DbSet<PriorityList> PriorityLists => Set<PriorityList>();
    public DbSet<Priority> Priorities => Set<Priority>();
    public DbSet<PriorityBallot> PriorityBallots => Set<PriorityBallot>();
    public DbSet<PriorityDots> PriorityDots => Set<PriorityDots>();

    /// <summary>The tenant whose rows this unit of work sees.</summary>
    public Guid TenantId => _caller.TenantId;

    /// <summary>True when a caller is known; without one every table reads empty.</summary>
    public bool HasTenant => _caller.IsKnown;

    /// <summary>True when this unit of work changes what reports tell of organizations: see <see cref="Rollups.RollupStamp"/>.</summary>
    internal bool ChangesReports { get; set; }

    /// <summary>People whose grants this unit of work changes: whoever changes them below EF adds them. All processes are told with the commit.</summary>
    internal HashSet<Guid> GrantsChanged { get; } = [];

    /// <summary>True when it changes those of so many that nobody lists them.</summary>
    internal bool EverybodysGrantsChanged { get; set; }

    /// <summary>Whether it changes anybody's.</summary>
    internal bool HasNewsOfGrants => EverybodysGrantsChanged || GrantsChanged.Count > 0;

    /// <summary>True while EF holds a connection open for this unit of work, even after that connection was lost.</summary>
    internal bool IsConnected { get; set; }

    /// <summary>The organizations that the caller can reach: its subtree, or all.</summary>
    public IQueryable<Organization> ReachableOrganizations() =>
        _caller.Roots is { } roots
            ? Organizations.Where(o => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == o.Id))
            : Organizations;

    /// <summary>The assessments of organizations that the caller can reach.</summary>
    public IQueryable<Assessment> ReachableAssessments() =>
        _caller.Roots is { } roots
            ? Assessments.Where(a => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == a.OrganizationId))
            : Assessments;

    /// <summary>The API clients of organizations that the caller can reach; one for the whole tenant is out of a subtree's reach.</summary>
    public IQueryable<ApiClient> ReachableApiClients() =>
        _caller.Roots is { } roots
            ? ApiClients.Where(a => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == a.OrganizationId))
            : ApiClients;

    /// <summary>The audit events of organizations that the caller can reach.</summary>
    public IQueryable<AuditEvent> ReachableAuditEvents() =>
        _caller.Roots is { } roots
            ? AuditEvents.Where(e => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == e.OrganizationId))
            : AuditEvents;

    /// <summary>
    /// The people that the caller can reach: those of its organizations, and those of others who have a role there. Whose person it is
    /// decides about changes: see <see cref="OwnPeople"/>.
    /// </summary>
    public IQueryable<Person> ReachablePeople() =>
        _caller.Roots is { } roots
            ? People.Where(p =>
                OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == p.OrganizationId)
                || Memberships.Any(m => m.PersonId == p.Id && OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == m.OrganizationId)))
            : People;

    /// <summary>The people of organizations that the caller can reach.</summary>
    public IQueryable<Person> OwnPeople() =>
        _caller.Roots is { } roots
            ? People.Where(p => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == p.OrganizationId))
            : People;

    /// <summary>The memberships in organizations that the caller can reach; one in the whole tenant is out of a subtree's reach.</summary>
    public IQueryable<Membership> ReachableMemberships() =>
        _caller.Roots is { } roots
            ? Memberships.Where(m => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == m.OrganizationId))
            : Memberships;

    /// <summary>The invitations to roles in organizations that the caller can reach; one to the whole tenant is out of a subtree's reach.</summary>
    public IQueryable<Invitation> ReachableInvitations() =>
        _caller.Roots is { } roots
            ? Invitations.Where(i => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == i.OrganizationId))
            : Invitations;

    /// <summary>The runs of organizations that the caller can reach, and those of teams that the caller is a member of.</summary>
    public IQueryable<ToolkitRun> ReachableToolkitRuns() =>
        _caller.Roots is { } roots
            ? ToolkitRuns.Where(r =>
                OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == r.OrganizationId)
                || ToolkitRunMembers.Any(m => m.RunId == r.Id && m.PersonId == _caller.PersonId))
            : ToolkitRuns;

    /// <summary>The plans of organizations that the caller can reach.</summary>
    public IQueryable<Plan> ReachablePlans() =>
        _caller.Roots is { } roots
            ? Plans.Where(p => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == p.OrganizationId))
            : Plans;

    /// <summary>The teams of organizations that the caller can reach, and those in which the caller has a term that is not over.</summary>
    /// <param name="today">Terms that ended before are over.</param>
    public IQueryable<Team> ReachableTeams(DateOnly today) =>
        _caller is { Roots: { } roots, PersonId: { } me }
            ? Teams.Where(t =>
                OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == t.OrganizationId)
                || TeamMembers.Any(m => m.TeamId == t.Id && m.PersonId == me && (m.EndsOn == null || m.EndsOn >= today)))
            : OwnTeams();

    /// <summary>The teams of organizations that the caller can reach.</summary>
    public IQueryable<Team> OwnTeams() =>
        _caller.Roots is { } roots
            ? Teams.Where(t => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == t.OrganizationId))
            : Teams;

    /// <summary>The priority lists of organizations that the caller can reach.</summary>
    public IQueryable<PriorityList> ReachablePriorityLists() =>
        _caller.Roots is { } roots
            ? PriorityLists.Where(l => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == l.OrganizationId))
            : PriorityLists;

    /// <summary>The priorities of organizations that the caller can reach.</summary>
    public IQueryable<Priority> ReachablePriorities() =>
        _caller.Roots is { } roots
            ? Priorities.Where(p => OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == p.OrganizationId))
            : Priorities;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PLServiceDbContext).Assembly);
        // By what each entity is, so that none can be forgotten.
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(ITenantOwned).IsAssignableFrom).ToList())
        {
            var filter = typeof(IInCatalog).IsAssignableFrom(type) ? nameof(FilterWithCatalog) : nameof(Filter);
            typeof(PLServiceDbContext).GetMethod(filter, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        }

        modelBuilder.Entity<Tenant>().HasQueryFilter(t => t.Id == TenantId);
        modelBuilder.HasDbFunction(typeof(Sql).GetMethod(nameof(Sql.Lower))!).HasName("lower").IsBuiltIn();
        Naming.Apply(modelBuilder.Model);
    }

    private void Filter<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned => modelBuilder.Entity<T>().HasQueryFilter(row => row.TenantId == TenantId);

    private void FilterWithCatalog<T>(ModelBuilder modelBuilder)
        where T : class, IInCatalog => modelBuilder.Entity<T>().HasQueryFilter(row => row.TenantId == TenantId || row.TenantId == Guid.Empty);
}
