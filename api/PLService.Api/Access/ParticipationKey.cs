using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Access;

/// <summary>
/// A key that is in no database: 256 random bits in a file that all processes share. By it a confidential response is found again for a person
/// without being linked to the person by anybody who has the database alone, and joining links are told from invented ones without being stored.
/// It is made once and stays: with another one, people start anew and links that are out lead nowhere.
/// </summary>
internal sealed class ParticipationKey
{
    private const string FileName = "participation.key";
    private const int KeyBytes = 32;
    private const string LinkPrefix = "plj_";
    private const int IdBytes = 32;
    private const int MacBytes = 16;

    private readonly byte[] _key;

    private ParticipationKey(byte[] key) => _key = key;

    /// <exception cref="SettingsException">The file cannot be read or made, or holds something else.</exception>
    public static ParticipationKey Load(AccessOptions options)
    {
        var path = options.ParticipationKeyFile.Length > 0 ? options.ParticipationKeyFile : PathIn(options.SigningKeyDirectory);
        try
        {
            Ensure(path);
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return key.Length == KeyBytes ? new(key) : throw new FormatException("The key has another length.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SettingsException(
                $"The participation key {path} cannot be read or made ({e.Message}): 'plservice new-key' makes one where it can write; it is {KeyBytes} random bytes in base64.");
        }
    }

    /// <summary>Where the key is unless the settings say otherwise.</summary>
    public static string PathIn(string signingKeyDirectory) => Path.Combine(signingKeyDirectory, FileName);

    /// <summary>Makes the key if there is none. Of several processes that start at once, one makes it and all read that one.</summary>
    public static void Ensure(string path)
    {
        if (File.Exists(path))
            return;
        var whole = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(whole, options))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        try
        {
            File.Move(whole, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
        }
    }

    /// <summary>What stands for a participant in a confidential assessment: always the same for the same one, and nothing without the key.</summary>
    public string Pseudonym(Guid tenantId, Guid assessmentId, string name) =>
        "~" + Base64Url.EncodeToString(Mac("participant", tenantId, assessmentId, name));

    /// <summary>A link's token. It carries the tenant, so that it is looked up within the wall, and is only good with the code that is valid now.</summary>
    public string WriteLink(Guid tenantId, Guid joinCodeId, string code) => LinkPrefix + Base64Url.EncodeToString(
        [.. tenantId.ToByteArray(bigEndian: true), .. joinCodeId.ToByteArray(bigEndian: true), .. LinkMac(tenantId, joinCodeId, code)]);

    /// <summary>Whose link it says it is; what it is worth is said by <see cref="IsLinkOf"/>.</summary>
    public static bool TryReadLink(string token, out Guid tenantId, out Guid joinCodeId)
    {
        (tenantId, joinCodeId) = (default, default);
        if (BytesOf(token) is not { } bytes)
            return false;
        (tenantId, joinCodeId) = (new Guid(bytes.AsSpan(0, 16), bigEndian: true), new Guid(bytes.AsSpan(16, 16), bigEndian: true));
        return true;
    }

    /// <summary>Whether the token was made for this code.</summary>
    public bool IsLinkOf(string token, Guid tenantId, Guid joinCodeId, string code) =>
        BytesOf(token) is { } bytes && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes), LinkMac(tenantId, joinCodeId, code));

    private static byte[]? BytesOf(string token)
    {
        if (!token.StartsWith(LinkPrefix, StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(LinkPrefix.Length), out var length) || length != IdBytes + MacBytes)
            return null;
        return Base64Url.DecodeFromChars(token.AsSpan(LinkPrefix.Length));
    }

    private byte[] LinkMac(Guid tenantId, Guid joinCodeId, string code) => Mac("link", tenantId, joinCodeId, code)[..MacBytes];

    private byte[] Mac(string purpose, Guid tenantId, Guid id, string text) => HMACSHA256.HashData(
        _key, (byte[])[.. Encoding.UTF8.GetBytes(purpose + "\0"), .. tenantId.ToByteArray(bigEndian: true), .. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(text)]);
}
