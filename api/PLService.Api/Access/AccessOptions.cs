namespace PLService.Api.Access;

/// <summary>Settings of the section <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>The service's public address: issuer of tokens and base of the metadata.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>What tokens are for.</summary>
    public string Audience { get; init; } = "plservice";

    /// <summary>Where the signing keys are, see <see cref="SigningKeys"/>.</summary>
    public string SigningKeyDirectory { get; init; } = "";

    /// <summary>Origins whose pages may call the service from a browser.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    /// <summary>
    /// True trusts identity providers on this machine, and takes packages of standards from it, by http too: for tests and for <c>make run</c>.
    /// Whoever administers a tenant could reach with it what listens on this machine.
    /// </summary>
    public bool AllowLoopbackProviders { get; init; }

    /// <summary>
    /// Networks outside the public internet where identity providers may be, and publishers of standards, as <c>10.20.0.0/16</c>; by https all
    /// the same.
    /// </summary>
    public string[] ProviderNetworks { get; init; } = [];

    /// <summary>Where people's pages are, which links in mails lead to; the service's own address unless given.</summary>
    public string WebAddress { get; init; } = "";

    /// <summary>Where the keys are that protect secrets in the database; beside the signing keys unless given. Shared by all processes, which write there.</summary>
    public string ProtectionKeyDirectory { get; init; } = "";

    /// <summary>Where frameworks are provided in CASE; addresses of what was made here begin with it.</summary>
    public string CaseAddress => Issuer.TrimEnd('/') + Domain.Frameworks.CaseAddresses.BasePath;

    /// <summary>Sign-ins, resets and the like per minute from one address; a school may have one address for everybody.</summary>
    public int SignInsPerMinute { get; init; } = 120;

    /// <summary>Requests per second that one client may make on average.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Requests that one client may make at once after a pause.</summary>
    public int RequestBurst { get; init; } = 1000;

    /// <summary>An address of people's pages.</summary>
    /// <param name="path">The path with the fragment, as <c>password-reset#token=...</c>: what stands in a fragment goes to no server, and so into no log.</param>
    public Uri WebLink(string path) => new($"{(WebAddress.Length > 0 ? WebAddress : Issuer).TrimEnd('/')}/{path}");

    /// <summary>Whether pages of an origin are the service's own, or allowed to be.</summary>
    public bool IsOurOrigin(string origin) =>
        AllowedOrigins.Append(OriginOf(Issuer)).Append(OriginOf(WebLink("").AbsoluteUri)).Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);

    /// <summary>The key of pseudonyms and joining links, see <see cref="ParticipationKey"/>; a file beside the signing keys unless given.</summary>
    public string ParticipationKeyFile { get; init; } = "";

    /// <summary>Wrong join codes that one address may send in ten minutes before it has to pause.</summary>
    public int WrongCodesPerAddress { get; init; } = 30;

    /// <summary>Wrong join codes that one process takes in ten minutes from all addresses together before everybody has to pause.</summary>
    public int WrongCodes { get; init; } = 300;

    /// <summary>Seconds for which everybody pauses at first after too many wrong join codes; an address of its own pauses ten times as long.</summary>
    public int WrongCodesPauseSeconds { get; init; } = 60;
}
