using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PLService.Api.Access;

/// <summary>
/// Those who run the service and may look into a tenant when it grants that: names and the SHA-256 of their keys, from the settings
/// <c>Support__Operators__{name}</c>.
/// </summary>
internal sealed partial class SupportOperators
{
    public const int NameMaxLength = 40;

    private readonly Dictionary<string, byte[]> _hashes;

    /// <exception cref="SettingsException">A name or a hash is not one.</exception>
    public SupportOperators(IConfiguration configuration) =>
        _hashes = configuration.GetSection("Support:Operators").GetChildren().ToDictionary(
            entry => Name().IsMatch(entry.Key) ? entry.Key : throw new SettingsException($"Support__Operators__{entry.Key}: a name has lower-case letters, digits and hyphens."),
            entry => Hash().IsMatch(entry.Value ?? "")
                ? Convert.FromHexString(entry.Value!)
                : throw new SettingsException($"Support__Operators__{entry.Key} is not the SHA-256 of a key in hexadecimal; 'plservice operator-key' makes one."),
            StringComparer.Ordinal);

    /// <summary>A new key of 256 random bits, and what is kept of it.</summary>
    public static (string Key, string Hash) New()
    {
        var key = ClientCredentials.NewSecret();
        return (key, Convert.ToHexStringLower(ClientCredentials.Hash(key)));
    }

    /// <summary>Whether the key is this operator's; takes the same time for unknown names.</summary>
    public bool Knows(string name, string key)
    {
        var known = _hashes.GetValueOrDefault(name);
        return CryptographicOperations.FixedTimeEquals(known ?? new byte[SHA256.HashSizeInBytes], ClientCredentials.Hash(key)) && known is not null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Hash();
}
