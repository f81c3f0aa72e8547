using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Mailing;

/// <summary>The service with a mail server of its own that takes everything in the open.</summary>
public class ApiServerWithMail : ApiServer, IAsyncLifetime
{
    private SmtpServer? _smtp;

    internal SmtpServer Smtp => _smtp!;

    protected override string[] Settings =>
    [
        "Mail:Host=127.0.0.1", $"Mail:Port={Smtp.Port}", "Mail:From=no-reply@pl.example.org", "Mail:TimeoutSeconds=2", "Mail:RetrySeconds=1", .. Protection,
    ];

    protected virtual string[] Protection => ["Mail:Security=none"];

    internal virtual Task<SmtpServer> StartServerAsync() => SmtpServer.StartAsync();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _smtp = await StartServerAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        if (_smtp is not null)
            await _smtp.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same over STARTTLS, with a sign-in.</summary>
public class ApiServerWithStartTls : ApiServerWithMail
{
    private readonly (string Certificate, string Key) _files = SmtpServer.NewCertificate();

    protected virtual bool FromTheFirstByte => false;

    protected override string[] Protection =>
    [
        $"Mail:Security={(FromTheFirstByte ? "tls" : "startTls")}", $"Mail:CertificateAuthorities={_files.Certificate}", "Mail:UserName=plservice", "Mail:Password=hush",
    ];

    internal override Task<SmtpServer> StartServerAsync() => SmtpServer.StartAsync(new JsonObject
    {
        ["secure"] = FromTheFirstByte,
        ["certificate"] = _files.Certificate,
        ["key"] = _files.Key,
        ["user"] = "plservice",
        ["password"] = "hush",
    });
}

/// <summary>The same with TLS from the first byte.</summary>
public sealed class ApiServerWithTls : ApiServerWithStartTls
{
    protected override bool FromTheFirstByte => true;
}
