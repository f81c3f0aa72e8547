using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PLService.Api.Mailing.Smtp;

/// <summary>
/// A session with the mail server (RFC 5321). Written here because of what a delivery has to know: whether a refusal is about the recipient
/// or about us, which .NET's own client does not say; nor does it speak TLS from the first byte.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private readonly MailOptions _options;
    private readonly TcpClient _tcp = new();
    private Stream _stream = Stream.Null;
    private SmtpLines _lines = new(Stream.Null);
    private HashSet<string> _offers = [];

    private SmtpConnection(MailOptions options) => _options = options;

    /// <summary>Connects, protects the connection and signs in.</summary>
    /// <exception cref="SmtpUnavailableException">The server cannot be used.</exception>
    public static async Task<SmtpConnection> OpenAsync(MailOptions options, CancellationToken ct)
    {
        var connection = new SmtpConnection(options);
        try
        {
            return await connection.GuardAsync(connection.GreetAsync, ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands one mail over.</summary>
    /// <exception cref="SmtpUnavailableException">The session is of no use any more; whether the mail was taken is not known.</exception>
    public Task<SmtpOutcome> SendAsync(string to, string message, CancellationToken ct) => GuardAsync(
        async limited =>
        {
            if (!to.All(char.IsAscii) && !_offers.Contains("SMTPUTF8"))
                return new SmtpOutcome(SmtpVerdict.Refused, "smtp.ascii_only", "The mail server takes no address with letters beyond ASCII.");
            var sender = await AskAsync($"MAIL FROM:<{_options.From}>{(to.All(char.IsAscii) ? "" : " SMTPUTF8")}", limited);
            if (!sender.IsPositive)
                throw new SmtpUnavailableException($"smtp.{sender.Code}", $"The mail server takes nothing from us: {sender.Text}");

            var recipient = await AskAsync($"RCPT TO:<{to}>", limited);
            if (!recipient.IsPositive)
                return await RefusedAsync(recipient, limited);
            var ready = await AskAsync("DATA", limited);
            if (ready.Code != 354)
                return await RefusedAsync(ready, limited);

            var taken = await AskAsync(message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".", limited);
            return taken.IsPositive ? SmtpOutcome.Accepted : await RefusedAsync(taken, limited);
        },
        ct);

    /// <summary>Says goodbye, as the server likes it; nobody waits for an answer.</summary>
    public Task<SmtpConnection> QuitAsync(CancellationToken ct) => GuardAsync(
        async limited =>
        {
            await _lines.WriteAsync("QUIT\r\n", limited);
            return this;
        },
        ct);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<SmtpConnection> GreetAsync(CancellationToken ct)
    {
        await _tcp.ConnectAsync(_options.Host, _options.PortInUse, ct);
        Use(_tcp.GetStream());
        if (_options.Security is MailSecurity.Tls)
            await EncryptAsync(ct);
        Expect(await _lines.ReadAsync(ct), "smtp.greeting");
        await HelloAsync(ct);
        if (_options.Security is MailSecurity.StartTls)
        {
            if (!_offers.Contains("STARTTLS"))
                throw new SmtpUnavailableException("smtp.no_starttls", "The mail server does not offer STARTTLS; nothing is sent in the open.");
            Expect(await AskAsync("STARTTLS", ct), "smtp.no_starttls");
            // What somebody slipped in before the encryption must not pass for the server's word (CVE-2011-0411).
            if (_lines.HasSurplus)
                throw new SmtpUnavailableException("smtp.tls", "Something came in the open after STARTTLS.");
            await EncryptAsync(ct);
            await HelloAsync(ct);
        }

        if (_options.UserName.Length > 0)
            await SignInAsync(ct);
        return this;
    }

    private async Task EncryptAsync(CancellationToken ct)
    {
        var settings = new SslClientAuthenticationOptions { TargetHost = _options.Host };
        if (_options.CertificateAuthorities.Length > 0)
        {
            settings.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            settings.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(_options.CertificateAuthorities);
        }

        var encrypted = new SslStream(_stream);
        try
        {
            await encrypted.AuthenticateAsClientAsync(settings, ct);
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }

        Use(encrypted);
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        // The sender's domain: the machine's own name is nobody's business.
        var hello = Expect(await AskAsync($"EHLO {_options.From[(_options.From.LastIndexOf('@') + 1)..]}", ct), "smtp.greeting");
        _offers = hello.Lines.Skip(1).SelectMany(line => line.Split(' ') is [var word, .. var rest]
            ? word.Equals("AUTH", StringComparison.OrdinalIgnoreCase) ? rest.Select(way => "AUTH " + way) : [word]
            : []).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private async Task SignInAsync(CancellationToken ct)
    {
        const string Refused = "smtp.authentication";
        if (_offers.Contains("AUTH PLAIN"))
        {
            Expect(await AskAsync("AUTH PLAIN " + Base64($"\0{_options.UserName}\0{_options.Password}"), ct), Refused);
        }
        else if (_offers.Contains("AUTH LOGIN"))
        {
            Expect(await AskAsync("AUTH LOGIN", ct), Refused);
            Expect(await AskAsync(Base64(_options.UserName), ct), Refused);
            Expect(await AskAsync(Base64(_options.Password), ct), Refused);
        }
        else
        {
            throw new SmtpUnavailableException(Refused, "The mail server offers neither AUTH PLAIN nor AUTH LOGIN.");
        }
    }

    // The session is made ready for the next mail, unless the refusal was about the session.
    private async Task<SmtpOutcome> RefusedAsync(SmtpReply reply, CancellationToken ct)
    {
        if (reply.EndsSession)
            throw new SmtpUnavailableException($"smtp.{reply.Code}", reply.Text);
        Expect(await AskAsync("RSET", ct), "smtp.unreachable");
        return SmtpOutcome.Refused(reply);
    }

    private async Task<SmtpReply> AskAsync(string line, CancellationToken ct)
    {
        await _lines.WriteAsync(line + "\r\n", ct);
        return await _lines.ReadAsync(ct);
    }

    private void Use(Stream stream) => (_stream, _lines) = (stream, new(stream));

    private static SmtpReply Expect(SmtpReply reply, string code) =>
        reply.IsPositive ? reply : throw new SmtpUnavailableException(code, $"The mail server said {reply.Code} {reply.Text}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // Whatever a server does, nobody waits longer than this for one step.
    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new SmtpUnavailableException("smtp.timeout", $"The mail server did not answer within {_options.TimeoutSeconds} seconds.", e);
        }
        catch (AuthenticationException e)
        {
            throw new SmtpUnavailableException("smtp.tls", $"The connection cannot be encrypted: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new SmtpUnavailableException("smtp.unreachable", $"The mail server cannot be reached: {e.GetBaseException().Message}", e);
        }
    }
}
