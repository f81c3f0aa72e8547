using PLService.Api.Domain.Accounts;

namespace PLService.Api.Access.Accounts;

/// <summary>
/// The cookie that holds a browser's refresh token: out of reach of scripts, and sent by pages of the same site only. Over https its name begins
/// with <c>__Host-</c>, so that no other host of the domain can plant one of its own; browsers then want the path <c>/</c>. Nothing but
/// the endpoints that refresh and end sessions looks at it. Over http, as on one's own machine, browsers take neither prefix nor Secure.
/// </summary>
internal sealed class RefreshCookie(AccessOptions options)
{
    private const string PlainName = "plservice-refresh";
    private const string PlainPath = "/v1";

    private bool IsSecure => options.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private string Name => IsSecure ? "__Host-" + PlainName : PlainName;

    public string? Read(HttpRequest request) => request.Cookies[Name];

    public void Set(HttpResponse response, PersonSession session, RefreshToken token) =>
        response.Cookies.Append(Name, token.Text, Options(session.Remembered ? session.ExpiresAt : null));

    public void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options(null));

    private CookieOptions Options(DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = IsSecure,
        SameSite = SameSiteMode.Strict,
        Path = IsSecure ? "/" : PlainPath,
        Expires = expires,
    };
}
