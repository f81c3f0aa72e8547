using System.Net.Mail;
using PLService.Api.Access;

namespace PLService.Api.Mailing;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>Not at all: for a relay on the same machine.</summary>
    None,

    /// <summary>It becomes TLS before anything is said; a server that does not offer that is refused.</summary>
    StartTls,

    /// <summary>It is TLS from its first byte.</summary>
    Tls,
}

/// <summary>Settings of the section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    /// <summary>The mail server; without one nothing is sent, and mail is shown in the outbox.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port: 465 with TLS and 587 otherwise unless given.</summary>
    public int? Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>PEM file with the authorities that the server's certificate may come from; those of the machine unless given.</summary>
    public string CertificateAuthorities { get; init; } = "";

    /// <summary>Whom to sign in as; nobody unless given.</summary>
    public string UserName { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>The address that mail comes from; its name is the tenant's.</summary>
    public string From { get; init; } = "";

    /// <summary>Seconds that the mail server may take over one mail.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds until a mail is tried for the second time; each further pause is twice as long, up to four hours.</summary>
    public int RetrySeconds { get; init; } = 60;

    /// <summary>Minutes between two looks for reminders and digests that are due; 0 sends none.</summary>
    public int SweepMinutes { get; init; } = 15;

    /// <summary>Days that mail is kept which was delivered or was not wanted.</summary>
    public int KeepDays { get; init; } = 90;

    public bool IsConfigured => Host.Length > 0;

    public int PortInUse => Port ?? (Security is MailSecurity.Tls ? 465 : 587);

    /// <summary>The pause before the second attempt.</summary>
    public TimeSpan FirstPause => TimeSpan.FromSeconds(RetrySeconds);

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        MailOptions options;
        try
        {
            options = configuration.GetSection("Mail").Get<MailOptions>() ?? new();
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"The settings Mail__... cannot be read: {e.InnerException?.Message ?? e.Message} Mail__Security takes none, startTls or tls.");
        }

        // Links to unsubscribe are of the kept mail: the law wants them to work for 30 days at least.
        if (options.SweepMinutes is < 0 or > 60 || options.KeepDays is < 30 or > 3650)
            throw new SettingsException("Mail__SweepMinutes is a number from 0 to 60, Mail__KeepDays one from 30 to 3650.");
        if (options.IsConfigured)
            options.Check();
        return options;
    }

    private void Check()
    {
        if (!MailAddress.TryCreate(From, out var from) || from.Address != From || !From.All(char.IsAscii))
            throw new SettingsException($"Set Mail__From to the plain address that mail comes from, for example no-reply@pl.example.org; found '{From}'.");
        if (PortInUse is < 1 or > 65535)
            throw new SettingsException($"Mail__Port is a number from 1 to 65535; found {PortInUse}.");
        if (TimeoutSeconds is < 1 or > 300 || RetrySeconds is < 1 or > 3600)
            throw new SettingsException("Mail__TimeoutSeconds is a number from 1 to 300, Mail__RetrySeconds one from 1 to 3600.");
        if ((UserName.Length > 0) != (Password.Length > 0))
            throw new SettingsException("Set both Mail__UserName and Mail__Password, or neither.");
        if (UserName.Length > 0 && Security is MailSecurity.None && Host is not ("127.0.0.1" or "::1" or "localhost"))
            throw new SettingsException("Mail__Password would travel in the open: set Mail__Security to startTls or tls.");
        if (CertificateAuthorities.Length > 0 && !File.Exists(CertificateAuthorities))
            throw new SettingsException($"Mail__CertificateAuthorities names no file: {CertificateAuthorities}");
    }
}
