using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>What tests of local accounts do, in one line each.</summary>
internal static class AccountSteps
{
    public const string Password = "seven quiet herons at dusk";

    /// <summary>Where the service's own pages are.</summary>
    public const string OurOrigin = "http://plservice.test";

    private static readonly Dictionary<string, string> Hashes = [];
    private static readonly SemaphoreSlim Hashing = new(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A person with a local account.</summary>
    public static async Task<Person> NewMemberAsync(this TestTenant tenant, ApiServer api, string password = Password, params (Role Role, Guid? OrganizationId)[] roles)
    {
        var person = await tenant.NewPersonAsync(roles);
        var hash = await HashAsync(api, password);
        await tenant.StoredAsync(async db =>
        {
            var account = Account.Create(person.Id, DateTimeOffset.UtcNow);
            account.SetPassword(hash, DateTimeOffset.UtcNow);
            db.Add(account);
            return await db.SaveChangesAsync(Ct);
        });
        return person;
    }

    /// <summary>A browser: it keeps cookies, and says from which page it calls.</summary>
    public static HttpClient Browser(this ApiServer api, string? origin = OurOrigin)
    {
        var browser = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = api.Address };
        browser.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        if (origin is not null)
            browser.DefaultRequestHeaders.Add("Origin", origin);
        return browser;
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, TestTenant tenant, string? email, string password = Password, string mode = "browser", bool remember = false) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in", new { tenant = tenant.Slug, email, password, client = mode, remember });

    /// <summary>Signs in, and calls with the access token from then on; gives the tokens.</summary>
    public static async Task<JsonNode> EnterAsync(this HttpClient client, TestTenant tenant, Person person, string password = Password, string mode = "browser")
    {
        var answer = await (await client.SignInAsync(tenant, person.Email, password, mode)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("signedIn", (string?)answer["status"]);
        client.Use(answer["tokens"]!);
        return answer["tokens"]!;
    }

    /// <summary>Calls with this access token from now on.</summary>
    public static void Use(this HttpClient client, JsonNode tokens) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)tokens["accessToken"]!);

    public static Task<HttpResponseMessage> RefreshAsync(this HttpClient client, string? refreshToken = null) =>
        client.PostAsync("/v1/sign-in/refresh", JsonContent.Create(new { refreshToken }), Ct);

    public static async Task ExpectOutAsync(this HttpClient client) =>
        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");

    /// <summary>A ticket in its written form, as a mail has it.</summary>
    public static async Task<string> TicketAsync(this TestTenant tenant, ApiServer api, TicketKind kind, Person person, string? data = null)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        var (text, _) = await scope.ServiceProvider.GetRequiredService<Tickets>().IssueAsync(kind, person.Id, data, Ct);
        await scope.ServiceProvider.GetRequiredService<PLServiceDbContext>().SaveChangesAsync(Ct);
        return text;
    }

    /// <summary>The secret in the link of the latest mail of a kind.</summary>
    public static async Task<string> TokenOfMailAsync(this TestTenant tenant, MailKind kind)
    {
        var body = await tenant.StoredAsync(db => db.Mails.Where(mail => mail.Kind == kind).OrderByDescending(mail => mail.Id).Select(mail => mail.TextBody).FirstAsync(Ct));
        return body!.Split("#token=")[1].Split('\n')[0].Trim();
    }

    public static Task<List<string>> AuditedAsync(this TestTenant tenant) =>
        tenant.StoredAsync(db => db.AuditEvents.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Ct));

    // It is made to be slow, and the same one does for all.
    public static async Task<string> HashAsync(ApiServer api, string password)
    {
        await Hashing.WaitAsync(Ct);
        try
        {
            if (!Hashes.TryGetValue(password, out var hash))
                Hashes[password] = hash = await api.Services.GetRequiredService<Passwords>().HashAsync(password, Ct);
            return hash;
        }
        finally
        {
            Hashing.Release();
        }
    }
}
