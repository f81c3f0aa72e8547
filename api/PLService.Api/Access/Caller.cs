namespace PLService.Api.Access;

/// <summary>On whose behalf the current unit of work runs. Set once, by the token handler or by the job that runs.</summary>
public sealed class Caller
{
    private CallerIdentity? _identity;

    /// <summary>True once a caller is known.</summary>
    public bool IsKnown => _identity is not null;

    /// <summary>The tenant whose rows can be seen.</summary>
    public Guid TenantId => Identity.TenantId;

    /// <summary>The API client; null for people and for the service's own work.</summary>
    public Guid? ApiClientId => Identity.ApiClientId;

    /// <summary>The person; null for machines and for the service's own work.</summary>
    public Guid? PersonId => Identity.PersonId;

    /// <summary>The session in which a person is signed in to the service itself; null when another provider vouches for the person.</summary>
    public Guid? SessionId => Identity.SessionId;

    /// <summary>The response that a participant's token is for; null for all other callers.</summary>
    public ParticipantOf? ParticipantOf => Identity.ParticipantOf;

    /// <summary>Whoever acts: whose rate it is, whose Idempotency-Keys. Nil for the service's own work.</summary>
    public Guid ActorId => ApiClientId ?? PersonId ?? ParticipantOf?.ResponseId ?? Identity.SupportGrantId ?? Identity.LoginKey ?? Guid.Empty;


    /// <summary>The roots of the organizations that can be reached with what is being asked; null is the whole tenant.</summary>
    public Guid[]? Roots => Identity.Roots;

    /// <summary>Whether every organization of the tenant is reached.</summary>
    public bool ReachesAll => Identity.Roots is null;

    /// <summary>The root, when there is exactly one; null for the whole tenant and for several.</summary>
    public Guid? OnlyRoot => Identity.OnlyRoot;

    /// <summary>What the caller may do wherever <see cref="Roots"/> reach.</summary>
    public IReadOnlySet<string> Scopes => Identity.Scopes;

    /// <summary>What a person may do where, whatever is being asked; null for machines and for the service's own work.</summary>
    public IReadOnlyList<Grant>? Grants => Identity.Grants;

    private CallerIdentity Identity => _identity ?? throw new InvalidOperationException("No caller is known here: set one before touching data.");

    /// <summary>Names the caller for the rest of this scope.</summary>
    public void Become(CallerIdentity identity) => _identity = identity;
}

/// <summary>Who calls, and what of it counts for the request at hand.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ApiClientId">The API client, null for people and for the service's own work.</param>
/// <param name="Roots">The roots of what can be reached, null for the whole tenant.</param>
/// <param name="Scopes">What may be done, wherever the roots reach.</param>
public sealed record CallerIdentity(Guid TenantId, Guid? ApiClientId, Guid[]? Roots, IReadOnlySet<string> Scopes)
{
    /// <summary>The person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The session of a person who is signed in to the service itself.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What lets support in; null for everybody else.</summary>
    public Guid? SupportGrantId { get; init; }

    /// <summary>Who of those that run the service looks.</summary>
    public string? Operator { get; init; }

    /// <summary>All that a person may do where; <see cref="Roots"/> and <see cref="Scopes"/> are what of it counts for the request at hand.</summary>
    public IReadOnlyList<Grant>? Grants { get; init; }

    /// <summary>Somebody who is signed in with an identity provider and linked to no person.</summary>
    public Guid? LoginKey { get; init; }

    /// <summary>The one response that a participant answers with.</summary>
    public ParticipantOf? ParticipantOf { get; init; }

    /// <summary>The root, when there is exactly one.</summary>
    public Guid? OnlyRoot => Roots is [var only] ? only : null;

    /// <summary>The service's own work for a tenant: all of it, and nothing by scope.</summary>
    public static CallerIdentity Service(Guid tenantId) => new(tenantId, null, null, new HashSet<string>());

    /// <summary>A machine, bound to the subtree of one organization or to none.</summary>
    public static CallerIdentity Client(Guid tenantId, Guid clientId, Guid? organizationId, IReadOnlySet<string> scopes) =>
        new(tenantId, clientId, organizationId is { } root ? [root] : null, scopes);

    /// <summary>Somebody of whom only an identity provider knows who it is: reaches nothing and may do nothing.</summary>
    public static CallerIdentity Login(Guid tenantId, Guid key) => new(tenantId, null, [], new HashSet<string>()) { LoginKey = key };

    /// <summary>A person, who may do nothing yet: see <see cref="PersonGrants"/> for what it comes to with each request.</summary>
    public static CallerIdentity Person(Guid tenantId, Guid personId, Guid? sessionId) =>
        new(tenantId, null, [], new HashSet<string>()) { PersonId = personId, SessionId = sessionId };

    /// <summary>Somebody who runs the service and looks into the tenant; what is seen is read with each request, see <see cref="SupportSessions"/>.</summary>
    public static CallerIdentity Support(Guid tenantId, Guid grantId, string name) =>
        new(tenantId, null, [], new HashSet<string>()) { SupportGrantId = grantId, Operator = name };

    /// <summary>A participant, who has one response and nothing else; where its assessment is, is read with each request.</summary>
    public static CallerIdentity Participant(Guid tenantId, ParticipantOf participant) =>
        new(tenantId, null, [], new HashSet<string>()) { ParticipantOf = participant };
}

/// <summary>What a participant's token is for.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="ResponseId">The response.</param>
/// <param name="ParticipationId">The row that says who takes part; null where nobody may link the two, or nothing is known of who it is.</param>
public sealed record ParticipantOf(Guid AssessmentId, Guid ResponseId, Guid? ParticipationId);
