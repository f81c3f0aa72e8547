namespace PLService.Api.Domain.Tenants;

/// <summary>An agency's isolated space: a state agency, or a district on its own.</summary>
public sealed class Tenant : IVersioned
{
    public const int SlugMaxLength = 40;
    public const int NameMaxLength = 200;

    /// <summary>The default of <see cref="MinimumGroupSize"/>.</summary>
    public const int DefaultMinimumGroupSize = 5;

    /// <summary>The largest <see cref="MinimumGroupSize"/>.</summary>
    public const int LargestMinimumGroupSize = 100;

    private Tenant()
    {
    }

    public Guid Id { get; private init; }
    public string Slug { get; private init; } = "";
    public string Name { get; private set; } = "";

    /// <summary>Groups with fewer respondents are withheld in every aggregate; 1 withholds nothing.</summary>
    public int MinimumGroupSize { get; private set; } = DefaultMinimumGroupSize;

    /// <summary>Whether people may sign in to the service itself, beside or without an identity provider.</summary>
    public bool LocalAccounts { get; private set; } = true;

    /// <summary>Whether somebody who is signed in with an identity provider of the tenant, and known to nobody here, may ask for a role.</summary>
    public bool AccessRequests { get; private set; } = true;

    public long Version { get; private set; } = 1;
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    public static Tenant Create(Guid id, string slug, string name) => new() { Id = id, Slug = slug, Name = name };

    public void Change(string name, int minimumGroupSize, bool localAccounts, bool accessRequests) =>
        (Name, MinimumGroupSize, LocalAccounts, AccessRequests) = (name, minimumGroupSize, localAccounts, accessRequests);
}
