using PLService.Api.Access;

namespace PLService.Api.Tests.Access;

/// <summary>The key that is in no database: made once, shared, and what is made with it.</summary>
public sealed class ParticipationKeyTests : IDisposable
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Assessment = Guid.NewGuid();

    private readonly string _directory = Directory.CreateTempSubdirectory("plservice-key-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Processes_that_start_at_once_have_the_same_key()
    {
        var pseudonyms = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Load().Pseudonym(Tenant, Assessment, "Ada"))));

        Assert.Single(pseudonyms.Distinct());
        Assert.Single(Directory.GetFiles(_directory));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ParticipationKey.PathIn(_directory)));
    }

    [Fact]
    public void A_pseudonym_depends_on_everything_and_on_the_key()
    {
        var key = Load();
        var same = key.Pseudonym(Tenant, Assessment, "Ada");
        var another = Path.Combine(_directory, "another.key");

        Assert.Equal(same, key.Pseudonym(Tenant, Assessment, "Ada"));
        Assert.Equal(5, new[] { same, key.Pseudonym(Tenant, Assessment, "Bea"), key.Pseudonym(Tenant, Guid.NewGuid(), "Ada"), key.Pseudonym(Guid.NewGuid(), Assessment, "Ada"),
            ParticipationKey.Load(new AccessOptions { ParticipationKeyFile = another }).Pseudonym(Tenant, Assessment, "Ada") }.Distinct().Count());
    }

    [Fact]
    public void A_link_is_good_for_its_code_alone()
    {
        var key = Load();
        var link = key.WriteLink(Tenant, Assessment, "K7M4QX");

        Assert.True(ParticipationKey.TryReadLink(link, out var tenant, out var id));
        Assert.Equal((Tenant, Assessment), (tenant, id));
        Assert.True(key.IsLinkOf(link, Tenant, Assessment, "K7M4QX"));
        Assert.False(key.IsLinkOf(link, Tenant, Assessment, "K7M4QY"));
        Assert.False(key.IsLinkOf(link, Tenant, Guid.NewGuid(), "K7M4QX"));
        foreach (var wrong in (string[])["", "plj_", link[..^1], link + "A", "plx_" + link[4..], link.Replace('_', '!')])
            Assert.False(ParticipationKey.TryReadLink(wrong, out _, out _));
    }

    [Fact]
    public void A_file_that_is_no_key_is_told_at_the_start()
    {
        File.WriteAllText(ParticipationKey.PathIn(_directory), "no key");

        Assert.Contains("participation.key", Assert.Throws<SettingsException>(Load).Message, StringComparison.Ordinal);
    }

    private ParticipationKey Load() => ParticipationKey.Load(new AccessOptions { SigningKeyDirectory = _directory });
}
