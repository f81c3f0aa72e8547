using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Mailing.Smtp;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mailing;

public sealed class StartTlsDeliveryTests(ApiServerWithStartTls api) : IClassFixture<ApiServerWithStartTls>
{
    [Fact]
    public Task Mail_is_sent_over_STARTTLS_as_who_the_settings_say() => SecureDelivery.CheckAsync(api);
}

public sealed class TlsDeliveryTests(ApiServerWithTls api) : IClassFixture<ApiServerWithTls>
{
    [Fact]
    public Task Mail_is_sent_over_TLS_as_who_the_settings_say() => SecureDelivery.CheckAsync(api);
}

internal static class SecureDelivery
{
    public static async Task CheckAsync(ApiServerWithMail api)
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();

        var id = await api.QueueMailAsync(tenant, SampleMails.Invitation(), address);

        var got = Assert.Single(await api.Smtp.ReceiveAsync(address));
        Assert.Equal((true, "plservice"), ((bool)got["secure"]!, (string?)got["user"]));
        await tenant.AwaitMailAsync(id, MailStatus.Sent);
    }
}

/// <summary>What the client does not put up with; none of it counts against a mail's recipient.</summary>
public sealed class SmtpRefusalTests
{
    private static readonly (string Certificate, string Key) Files = SmtpServer.NewCertificate();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing()
    {
        await using var server = await SmtpServer.StartAsync();

        Assert.Equal("smtp.no_starttls", await RefusalAsync(server.Port, MailSecurity.StartTls));
    }

    [Theory]
    [InlineData(nameof(MailSecurity.StartTls))]
    [InlineData(nameof(MailSecurity.Tls))]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(string how)
    {
        var security = Enum.Parse<MailSecurity>(how);
        await using var server = await SecureAsync(security);

        Assert.Equal("smtp.tls", await RefusalAsync(server.Port, security, SmtpServer.NewCertificate().Certificate));
    }

    [Fact]
    public async Task A_password_that_the_server_does_not_take_is_our_fault()
    {
        await using var server = await SecureAsync(MailSecurity.StartTls);

        Assert.Equal("smtp.authentication", await RefusalAsync(server.Port, MailSecurity.StartTls, Files.Certificate, "wrong"));
        Assert.Null(await RefusalAsync(server.Port, MailSecurity.StartTls, Files.Certificate, "hush"));
    }

    [Theory]
    [InlineData("smtp.no_reply", "HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("smtp.greeting", "554 Go away\r\n")]
    [InlineData("smtp.tls", "220 hello\r\n250-hello\r\n250 STARTTLS\r\n220 go ahead\r\n250 slipped in\r\n")]
    [InlineData("smtp.timeout", "")]
    public async Task Whoever_does_not_speak_as_a_mail_server_does_gets_nothing(string code, string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, says);

        Assert.Equal(code, await RefusalAsync(((IPEndPoint)listener.LocalEndpoint).Port, MailSecurity.StartTls));
        await answering;
    }

    [Fact]
    public async Task Lines_without_end_are_not_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, new string('2', 10_000));

        Assert.Equal("smtp.no_reply", await RefusalAsync(((IPEndPoint)listener.LocalEndpoint).Port, MailSecurity.None));
        await answering;
    }

    private static Task<SmtpServer> SecureAsync(MailSecurity security) => SmtpServer.StartAsync(new JsonObject
    {
        ["secure"] = security is MailSecurity.Tls,
        ["certificate"] = Files.Certificate,
        ["key"] = Files.Key,
        ["user"] = "plservice",
        ["password"] = "hush",
    });

    // Says all of it at once and waits until the other side has had enough.
    private static async Task AnswerAsync(TcpListener listener, string says)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(says), Ct);
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, Ct) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It hung up with our words unread.
        }
    }

    private static async Task<string?> RefusalAsync(int port, MailSecurity security, string authorities = "", string? password = null)
    {
        var options = new MailOptions
        {
            Host = "127.0.0.1",
            Port = port,
            Security = security,
            From = "no-reply@pl.example.org",
            CertificateAuthorities = authorities,
            UserName = password is null ? "" : "plservice",
            Password = password ?? "",
            TimeoutSeconds = 2,
        };
        try
        {
            await using var connection = await SmtpConnection.OpenAsync(options, Ct);
            return null;
        }
        catch (SmtpUnavailableException refused)
        {
            return refused.Code;
        }
    }
}
