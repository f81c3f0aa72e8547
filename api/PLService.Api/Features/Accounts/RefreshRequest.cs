using FluentValidation;
using PLService.Api.Access.Accounts;

namespace PLService.Api.Features.Accounts;

/// <summary>Which session is meant.</summary>
/// <param name="RefreshToken">The refresh token, of clients that keep it themselves. A browser leaves it out: it sends its cookie.</param>
public sealed record RefreshRequest(string? RefreshToken = null)
{
    public sealed class Validator : AbstractValidator<RefreshRequest>
    {
        public Validator() => RuleFor(request => request.RefreshToken).MaximumLength(SecretText.MaxLength);
    }

    /// <summary>The token of the body or the cookie; null when there is none to be read.</summary>
    internal RefreshToken? Read(HttpRequest request, RefreshCookie cookie) => Access.Accounts.RefreshToken.Read(RefreshToken ?? cookie.Read(request));
}
