using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

/// <summary>The outbox of a service without a mail server, which is where <c>make run</c> shows its links.</summary>
public sealed class OutboxCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_is_listed_and_shown_with_its_link()
    {
        var tenant = await api.NewTenantAsync();
        var id = await QueueAsync(tenant, "ana@cedar.example.org");
        await QueueAsync(tenant, "pat@cedar.example.org");
        using var pls = new Pls(api.Environment(tenant.Credentials));

        var listed = await pls.ReadAsync("outbox", "list", "--to", "Ana@cedar.example.org", "--kind", "passwordReset");
        Assert.Equal((id.ToString(), "shown"), ((string?)Assert.Single(listed.AsArray())!["id"], (string?)listed[0]!["status"]));
        Assert.Equal(2, (await pls.ReadAsync("outbox", "list")).AsArray().Count);

        var list = (await pls.RunAsync("outbox", "list")).Expect(0).Output;
        Assert.Contains("pat@cedar.example.org", list, StringComparison.Ordinal);
        var shown = (await pls.RunAsync("outbox", "show", id.ToString())).Expect(0).Output;
        Assert.Contains("Ana [Ñ] <ana@cedar.example.org>", shown, StringComparison.Ordinal);
        Assert.Contains("https://pl.example.org/reset?token=t0ken", shown, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", (await pls.RunAsync("outbox", "show", id.ToString(), "--html")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_sent_again_is_told_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        var id = await QueueAsync(tenant, "ana@cedar.example.org");
        using var pls = new Pls(api.Environment(tenant.Credentials));

        Assert.Contains("mail.not_undelivered", (await pls.RunAsync("outbox", "resend", id.ToString())).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("mail.not_found", (await pls.RunAsync("outbox", "show", Guid.NewGuid().ToString())).Expect(1).Errors, StringComparison.Ordinal);
    }

    private async Task<Guid> QueueAsync(TestTenant tenant, string address)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        var mail = await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(
            new MailRecipient(address, "Ana [Ñ]", null, "es"), new PasswordResetMail(new("https://pl.example.org/reset?token=t0ken"), DateTimeOffset.UtcNow, "UTC"), Ct);
        await scope.ServiceProvider.GetRequiredService<PLServiceDbContext>().SaveChangesAsync(Ct);
        return mail.Id;
    }
}
