using System.Net;
using System.Text;
using PLService.Api.Http;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>What the framework refuses leaves as a problem like everything else.</summary>
public sealed class RefusalTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_of_40_KB_are_431()
    {
        var answer = await RawHttp.SendAsync(api.Address, "GET", "/v1", Enumerable.Range(0, 10).Select(i => $"X-Padding-{i}: {new string('x', 4096)}"), Ct);

        Assert.Equal((431, "request.headers_too_large", true), (answer.Status, answer.Code, answer.IsProblem));
    }

    [Fact]
    public async Task One_header_of_40_KB_is_431()
    {
        var answer = await RawHttp.SendAsync(api.Address, "GET", "/v1", [$"Authorization: Bearer {new string('x', 40_000)}"], Ct);

        Assert.Equal((431, "request.headers_too_large", true), (answer.Status, answer.Code, answer.IsProblem));
    }

    [Fact]
    public async Task Headers_of_a_megabyte_are_cut_off()
    {
        var answer = await RawHttp.SendAsync(api.Address, "GET", "/v1", [$"X-Padding: {new string('x', 100_000)}"], Ct);

        Assert.Equal(431, answer.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413(bool chunked)
    {
        using var client = (await api.NewTenantAsync()).Everything();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/organizations");
        request.Content = new StringContent($$"""{"kind":"state","name":"{{new string('x', (int)Pipeline.MaxBodyBytes)}}"}""", Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = chunked;
        // The service closes the connection on who goes on sending; this waits for its answer first.
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request, Ct);

        await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_under_an_Idempotency_Key_too()
    {
        using var client = (await api.NewTenantAsync()).Everything();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/organizations");
        request.Content = new StringContent(new string(' ', (int)Pipeline.MaxBodyBytes + 1), Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Idempotency-Key", "large");

        using var response = await client.SendAsync(request, Ct);

        await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_415(string type)
    {
        using var client = (await api.NewTenantAsync()).Everything();

        using var response = await client.PostAsync("/v1/organizations", new StringContent("{}", Encoding.UTF8, type), Ct);

        await response.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
    }

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/v1/organizations/not-an-id")]
    [InlineData("/v1/organizations/../../etc/passwd")]
    public async Task An_unknown_address_is_404(string path)
    {
        using var client = (await api.NewTenantAsync()).Everything();

        using var response = await client.GetAsync(path, Ct);

        await response.ExpectProblemAsync(HttpStatusCode.NotFound, "request.no_such_address");
    }

    [Fact]
    public async Task Another_method_is_405_and_says_which_there_are()
    {
        using var client = (await api.NewTenantAsync()).Everything();

        using var response = await client.DeleteAsync("/v1/tenant", Ct);

        await response.ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "request.method_not_allowed");
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("/v1/organizations?nmae=Cedar", "?nmae")]
    [InlineData("/v1/organizations?Name=Cedar", "?Name")]
    [InlineData("/v1/tenant?x=1", "?x")]
    public async Task An_unknown_query_parameter_is_400(string path, string pointer)
    {
        using var client = (await api.NewTenantAsync()).Everything();

        using var response = await client.GetAsync(path, Ct);

        await response.ExpectFaultAsync(pointer, "query.unknown_parameter");
    }

    [Fact]
    public async Task No_answer_names_the_server_or_lets_itself_be_framed_or_sniffed()
    {
        using var client = api.Anonymous();

        foreach (var path in (string[])["/v1", "/v1/tenant", "/nothing", "/livez", "/openapi/v1.json"])
        {
            using var response = await client.GetAsync(path, Ct);
            Assert.False(response.Headers.Contains("Server"));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }
}
