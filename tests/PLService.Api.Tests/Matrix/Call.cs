using System.Net.Http.Headers;
using System.Text;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>A request that succeeds for a caller who may make it; it can be sent again and again by others.</summary>
internal sealed record Call(HttpMethod Method, string Path, object? Body = null, string? IfMatch = null, string? ContentType = null)
{
    public static Call Get(string path) => new(HttpMethod.Get, path);

    public static Call Post(string path, object? body = null, string? ifMatch = null) => new(HttpMethod.Post, path, body, ifMatch);

    public static Call Put(string path, object body, string? ifMatch = null) => new(HttpMethod.Put, path, body, ifMatch);

    public static Call Patch(string path, object body, string? ifMatch = null) => new(HttpMethod.Patch, path, body, ifMatch, "application/merge-patch+json");

    public static Call Delete(string path, string? ifMatch = null) => new(HttpMethod.Delete, path, null, ifMatch);

    /// <summary>A body that is not JSON, such as a file or a form.</summary>
    public static Call Send(HttpMethod method, string path, string contentType, string text) => new(method, path, text, null, contentType);

    /// <summary>What a refusal may repeat, because the caller said it.</summary>
    public string Said => $"{Path} {(Body is string text ? text : HttpSteps.ToJson(Body))}";

    public async Task<Answer> SendAsync(HttpClient client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(Method, Path);
        if (Body is not null)
        {
            request.Content = new StringContent(Body as string ?? HttpSteps.ToJson(Body), Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType ?? "application/json");
        }

        if (IfMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        return new((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}", body);
    }
}

/// <summary>All that came back.</summary>
internal sealed record Answer(int Status, string Headers, string Body)
{
    public string All => $"{Headers}\n{Body}";

    public string? Code => Body.StartsWith('{') && System.Text.Json.Nodes.JsonNode.Parse(Body)?["code"] is { } code && code.GetValueKind() is System.Text.Json.JsonValueKind.String
        ? (string?)code
        : null;
}
