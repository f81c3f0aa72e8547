using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A real SMTP server as a process; how it answers is decided by the recipient's name, see <c>tests/servers/smtp.mjs</c>.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly JsonObject _arguments;
    private NodeServer _server;

    private SmtpServer(NodeServer server, JsonObject arguments) => (_server, _arguments) = (server, arguments);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public int Port { get; private init; }

    /// <summary>The mails that it took, in their order.</summary>
    public IReadOnlyList<JsonObject> Mails => [.. _server.Said.Skip(1)];

    /// <summary>Without encryption, and for everybody.</summary>
    public static Task<SmtpServer> StartAsync() => StartAsync(new JsonObject());

    public static async Task<SmtpServer> StartAsync(JsonObject arguments)
    {
        var server = await NodeServer.StartAsync("smtp.mjs", arguments, CancellationToken.None);
        var port = (int)server.Said[0]["port"]!;
        arguments["port"] = port;
        return new(server, arguments) { Port = port };
    }

    /// <summary>The mails to an address, once there are as many.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReceiveAsync(string address, int count = 1)
    {
        bool IsTo(JsonObject mail) => mail["to"] is JsonArray to && to.Any(t => (string?)t == address);
        await _server.WaitAsync(said => said.Count(IsTo) >= count, Patience, Ct);
        return [.. Mails.Where(IsTo)];
    }

    /// <summary>It ends.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>It is back at the same place, without memory, and dies of nothing any more.</summary>
    public async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _arguments["immortal"] = true;
        _server = await NodeServer.StartAsync("smtp.mjs", _arguments, Ct);
    }

    /// <summary>A certificate for 127.0.0.1 and its key, as files that a server reads.</summary>
    public static (string Certificate, string Key) NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var folder = Directory.CreateTempSubdirectory("plservice-smtp-").FullName;
        var (certificateFile, keyFile) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
