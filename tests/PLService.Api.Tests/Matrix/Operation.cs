namespace PLService.Api.Tests.Matrix;

/// <summary>One operation of the contract: how to call it, and what each kind of caller must get.</summary>
internal sealed class Operation(string id, Func<Side, Task<Call>> build, Dictionary<CallerKind, Expectation> expected)
{
    public string Id => id;

    /// <summary>The answer holds what was made, for those who may see it.</summary>
    public bool IsList { get; init; }

    /// <summary>The answer tells everybody what the tenant and its providers are called: the way in has to.</summary>
    public bool TellsNames { get; init; }

    /// <summary>A request on fresh resources of district X.</summary>
    public Task<Call> BuildAsync(Side side) => build(side);

    /// <summary>Whom it is for, where no scope says it.</summary>
    public Audience Audience { get; init; }

    /// <summary>The request itself carries what opens the resource, such as a join code: whoever sends it may see it.</summary>
    public bool CarriesItsKey { get; init; }

    /// <summary>What a caller gets; for people it follows from what the scope, their role and the place where they stand say.</summary>
    public Expectation For(CallerKind kind, string? scope) =>
        kind is CallerKind.Anonymous or CallerKind.Stranger ? expected[kind]
        : Audience is Audience.Logins || Audience is Audience.Machines && kind.IsPerson() || Audience is Audience.People && !kind.IsPerson()
            || Audience is Audience.Participants && kind is not CallerKind.Participant ? Expectation.WrongCaller
        : kind.IsPerson() && scope is not null && !kind.RoleOf().Allows(scope) ? Expectation.MissingScope
        : expected.TryGetValue(kind, out var itself) ? itself : expected[kind.Standing()];

    /// <summary>An exception to the rule, with the reason beside it where it is written.</summary>
    public Operation But(Expectation expectation, params CallerKind[] kinds)
    {
        foreach (var kind in kinds)
            expected[kind] = expectation;
        return this;
    }
}

/// <summary>Whom an operation is for.</summary>
internal enum Audience
{
    /// <summary>Whoever has its scope, or everybody when it needs none.</summary>
    Anybody,
    Machines,
    People,

    /// <summary>Whoever is signed in with an identity provider, whoever that is here.</summary>
    Logins,

    /// <summary>Whoever has joined an assessment.</summary>
    Participants,
}

/// <summary>
/// Every operation of the contract. A new operation takes one line in the file of its feature below <c>Matrix/Operations</c>: the kind says who
/// may do what, the lambda builds a request that succeeds for who may.
/// </summary>
internal sealed class OperationMap
{
    private readonly Dictionary<string, Operation> _all = [];

    public OperationMap() => Operations.Features.Map(this);

    public IReadOnlyDictionary<string, Operation> All => _all;

    /// <summary>Addresses one resource of an organization by URL: whoever does not reach it finds nothing there.</summary>
    public Operation Resource(string id, Func<Side, Task<Call>> build) => Add(id, build, outside: Expectation.NotFound, elsewhere: Expectation.NotFound);

    /// <summary>Lists: whoever does not reach the resource gets a list without it.</summary>
    public Operation List(string id, Func<Side, Task<Call>> build) => Add(id, build, outside: Expectation.Nothing, elsewhere: Expectation.Nothing, isList: true);

    /// <summary>Lists what the tenant as a whole owns.</summary>
    public Operation TenantList(string id, Func<Side, Task<Call>> build) => Add(id, build, outside: Expectation.Success, elsewhere: Expectation.Nothing, isList: true);

    /// <summary>Names a resource of an organization in the body: whoever does not reach it is told that it is unknown.</summary>
    public Operation Naming(string id, string code, Func<Side, Task<Call>> build) =>
        Add(id, build, outside: Expectation.Conflict(code), elsewhere: Expectation.Conflict(code));

    /// <summary>Addresses what belongs to the tenant as a whole: its callers reach it wherever they stand.</summary>
    public Operation TenantResource(string id, Func<Side, Task<Call>> build) => Add(id, build, outside: Expectation.Success, elsewhere: Expectation.NotFound);

    /// <summary>The tenant's own, without an id: another tenant gets its own.</summary>
    public Operation OwnTenant(string id, Func<Side, Task<Call>> build) => Add(id, build, outside: Expectation.Success, elsewhere: Expectation.Nothing);

    /// <summary>Changes the tenant as a whole: only for tokens that reach all of it.</summary>
    public Operation WholeTenant(string id, Expectation elsewhere, Func<Side, Task<Call>> build) =>
        Add(id, build, outside: Expectation.WholeTenantOnly, elsewhere).But(Expectation.WholeTenantOnly, CallerKind.Own, CallerKind.Parent, CallerKind.LeadOfElsewhere);

    /// <summary>What the machine that calls can learn of itself.</summary>
    public Operation Machine(string id, Func<Side, Task<Call>> build) =>
        Add(id, build, outside: Expectation.Success, elsewhere: Expectation.Nothing, audience: Audience.Machines);

    /// <summary>What is the person's own who calls, whatever the person's roles.</summary>
    public Operation Person(string id, Func<Side, Task<Call>> build) =>
        Add(id, build, outside: Expectation.Success, elsewhere: Expectation.Nothing, audience: Audience.People);

    /// <summary>What is of the login that somebody has with an identity provider, linked to a person or not.</summary>
    public Operation Login(string id, Func<Side, Task<Call>> build) =>
        Add(id, build, Expectation.WrongCaller, Expectation.WrongCaller, audience: Audience.Logins).But(Expectation.Success, CallerKind.Stranger);

    /// <summary>A resource of one person, the lead of district X: whoever else calls finds nothing there, or is told that it is no good.</summary>
    public Operation OnlyOwn(string id, Func<Side, Task<Call>> build, Expectation? others = null) =>
        Add(id, build, outside: Expectation.NotFound, elsewhere: Expectation.NotFound, audience: Audience.People)
            .But(others ?? Expectation.NotFound, [.. Enum.GetValues<CallerKind>().Where(kind => kind.IsPerson() && kind is not CallerKind.LeadOfOwn)]);

    /// <summary>What people do for themselves, and those whom only an identity provider knows as well.</summary>
    public Operation Somebodys(string id, Func<Side, Task<Call>> build) => Person(id, build).But(Expectation.Success, CallerKind.Stranger);

    /// <summary>A resource of an organization that people use for themselves, whatever their role there.</summary>
    public Operation PersonsResource(string id, Func<Side, Task<Call>> build) =>
        Add(id, build, outside: Expectation.NotFound, elsewhere: Expectation.NotFound, audience: Audience.People).But(Expectation.NotFound, CallerKind.NobodyAtAll);

    /// <summary>What a participant does with the one response that the token is for.</summary>
    public Operation Participants(string id, Func<Side, Task<Call>> build) =>
        Add(id, build, Expectation.WrongCaller, Expectation.WrongCaller, audience: Audience.Participants).But(Expectation.Success, CallerKind.Participant);

    /// <summary>For everybody, token or not.</summary>
    public Operation Public(string id, Func<Side, Task<Call>> build, bool tellsNames = false) => Public(id, build, tellsNames, carriesItsKey: false);

    /// <summary>For everybody who has what the request carries.</summary>
    public Operation WithKey(string id, Func<Side, Task<Call>> build) => Public(id, build, tellsNames: false, carriesItsKey: true);

    private Operation Public(string id, Func<Side, Task<Call>> build, bool tellsNames, bool carriesItsKey) =>
        Add(id, build, Expectation.Success, Expectation.Success, tellsNames: tellsNames, carriesItsKey: carriesItsKey)
            .But(Expectation.Success, CallerKind.Anonymous, CallerKind.MissingScope, CallerKind.Stranger, CallerKind.Participant);

    private Operation Add(
        string id, Func<Side, Task<Call>> build, Expectation outside, Expectation elsewhere, bool isList = false, Audience audience = Audience.Anybody,
        bool tellsNames = false, bool carriesItsKey = false)
    {
        var operation = new Operation(id, build, new()
        {
            [CallerKind.Anonymous] = Expectation.Unauthenticated,
            [CallerKind.MissingScope] = Expectation.MissingScope,
            [CallerKind.OtherTenant] = elsewhere,
            [CallerKind.Sibling] = outside,
            [CallerKind.Child] = outside,
            [CallerKind.Own] = Expectation.Success,
            [CallerKind.Parent] = Expectation.Success,
            [CallerKind.WholeTenant] = Expectation.Success,
            [CallerKind.Stranger] = Expectation.NotLinked,
            [CallerKind.Participant] = Expectation.WrongCaller,
        })
        { IsList = isList, Audience = audience, TellsNames = tellsNames, CarriesItsKey = carriesItsKey };
        _all.Add(id, operation);
        return operation;
    }
}
