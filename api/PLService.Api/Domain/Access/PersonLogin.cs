namespace PLService.Api.Domain.Access;

/// <summary>Which person an identity provider means by a subject.</summary>
public sealed class PersonLogin : ITenantOwned
{
    /// <summary>OpenID Connect: a subject has at most 255 characters.</summary>
    public const int SubjectMaxLength = 255;

    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public Guid ProviderId { get; init; }

    /// <summary>The <c>sub</c> of its tokens: never given to another account of the provider, as an e-mail address can be.</summary>
    public string Subject { get; init; } = "";

    public DateTimeOffset LinkedAt { get; init; }
}
