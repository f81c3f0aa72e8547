using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Access.Providers;

/// <summary>What an identity provider says of whoever sent a token that was found good. Handlers of RequireLogin endpoints take it as a parameter.</summary>
/// <param name="TenantId">The tenant that trusts the provider.</param>
/// <param name="ProviderId">The provider.</param>
/// <param name="Subject">Who it is to the provider.</param>
/// <param name="Email">The address, as the provider writes it; null when the token has none.</param>
/// <param name="EmailVerified">Whether the provider says that the address is the subject's.</param>
/// <param name="Name">The name; null when the token has none.</param>
/// <param name="Expires">When the token does.</param>
public sealed record ProviderLogin(
    Guid TenantId, Guid ProviderId, string Subject, string? Email, bool EmailVerified, string? Name, DateTimeOffset Expires)
{
    /// <summary>The same for the same subject: whose rate it is and whose Idempotency-Keys, while nobody knows which person it is.</summary>
    public Guid Key { get; } = new(SHA256.HashData([.. ProviderId.ToByteArray(), .. Encoding.UTF8.GetBytes(Subject)]).AsSpan(0, 16));

    /// <summary>The login of this request. Never null where RequireLogin stands.</summary>
    public static ValueTask<ProviderLogin> BindAsync(HttpContext context) => ValueTask.FromResult(
        context.Features.Get<ProviderLogin>() ?? throw new InvalidOperationException("Only endpoints with RequireLogin know a login."));
}
