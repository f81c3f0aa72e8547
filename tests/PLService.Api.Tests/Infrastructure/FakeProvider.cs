using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>What an identity provider publishes, right or wrong as a test wants it; a real one does not do wrong when it is asked to.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private static readonly Lazy<Task<FakeProvider>> InOrder = new(StartAsync);

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "first" };

    private FakeProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    /// <summary>Changes the metadata.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Changes the key set.</summary>
    public Action<JsonObject> Keys { get; set; } = _ => { };

    /// <summary>Answers instead of the document of this path; false leaves it to the document.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>One in order, for all tests that want nothing wrong of it.</summary>
    public static Task<FakeProvider> SharedAsync() => InOrder.Value;

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>An access token for somebody.</summary>
    public string Token(string subject, string audience) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = audience,
        TokenType = "at+jwt",
        Claims = new Dictionary<string, object> { ["sub"] = subject },
        Expires = DateTime.UtcNow.AddMinutes(10),
        SigningCredentials = new SigningCredentials(_key, "RS256"),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (await Instead(context))
            return;
        var document = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => Changed(Metadata, new JsonObject
            {
                ["issuer"] = Issuer,
                ["jwks_uri"] = $"{Issuer}/keys",
                ["authorization_endpoint"] = $"{Issuer}/authorize",
                ["token_endpoint"] = $"{Issuer}/token",
                ["device_authorization_endpoint"] = $"{Issuer}/device",
                ["response_types_supported"] = new JsonArray("code"),
                ["code_challenge_methods_supported"] = new JsonArray("S256"),
            }),
            "/keys" => Changed(Keys, new JsonObject { ["keys"] = new JsonArray(PublicKey()) }),
            _ => null,
        };
        if (document is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await context.Response.WriteAsync(document.ToJsonString());
    }

    private JsonObject PublicKey()
    {
        var parameters = _key.Rsa.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = _key.KeyId,
            ["use"] = "sig",
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }

    private static JsonObject Changed(Action<JsonObject> change, JsonObject document)
    {
        change(document);
        return document;
    }
}
