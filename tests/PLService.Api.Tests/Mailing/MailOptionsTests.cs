using Microsoft.Extensions.Configuration;
using PLService.Api.Access;
using PLService.Api.Mailing;

namespace PLService.Api.Tests.Mailing;

public sealed class MailOptionsTests
{
    [Fact]
    public void Without_a_server_nothing_is_needed() => Assert.False(Read().IsConfigured);

    [Fact]
    public void The_port_follows_the_protection_unless_it_is_given()
    {
        Assert.Equal(587, Read("Host=mail.example.org", "From=a@example.org").PortInUse);
        Assert.Equal(465, Read("Host=mail.example.org", "From=a@example.org", "Security=tls").PortInUse);
        Assert.Equal(25, Read("Host=mail.example.org", "From=a@example.org", "Security=none", "Port=25").PortInUse);
    }

    [Theory]
    [InlineData("Mail__From", "Host=mail.example.org")]
    [InlineData("Mail__From", "Host=mail.example.org", "From=Somebody <a@example.org>")]
    [InlineData("Mail__Security", "Host=mail.example.org", "From=a@example.org", "Security=ssl")]
    [InlineData("Mail__Port", "Host=mail.example.org", "From=a@example.org", "Port=70000")]
    [InlineData("Mail__TimeoutSeconds", "Host=mail.example.org", "From=a@example.org", "TimeoutSeconds=0")]
    [InlineData("Mail__Password", "Host=mail.example.org", "From=a@example.org", "UserName=somebody")]
    [InlineData("in the open", "Host=mail.example.org", "From=a@example.org", "UserName=somebody", "Password=secret", "Security=none")]
    [InlineData("Mail__SweepMinutes", "SweepMinutes=61")]
    [InlineData("Mail__KeepDays", "KeepDays=29")]
    [InlineData("Mail__CertificateAuthorities", "Host=mail.example.org", "From=a@example.org", "CertificateAuthorities=/nowhere.pem")]
    public void A_mistake_is_told_at_the_start_with_the_name_of_the_setting(string named, params string[] settings)
    {
        var told = Assert.Throws<SettingsException>(() => Read(settings));

        Assert.Contains(named, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    private static MailOptions Read(params string[] settings) => MailOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>("Mail:" + pair[0], pair[1]))).Build());
}
