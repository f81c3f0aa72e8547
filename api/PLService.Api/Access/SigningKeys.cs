using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace PLService.Api.Access;

/// <summary>
/// The keys that sign access tokens: PEM files (RSA, 2048 bits or more) in one directory, shared by all processes. The newest by name signs;
/// all of them verify, so a key is rotated by adding a file and removing the old one after a token's lifetime: where people join assessments by
/// code, until their windows have closed.
/// </summary>
internal sealed class SigningKeys
{
    public const string Algorithm = SecurityAlgorithms.RsaSha256;

    private SigningKeys(IReadOnlyList<RsaSecurityKey> keys)
    {
        All = keys;
        Current = new SigningCredentials(keys[^1], Algorithm);
    }

    /// <summary>Every key whose signatures are accepted.</summary>
    public IReadOnlyList<RsaSecurityKey> All { get; }

    /// <summary>What new tokens are signed with.</summary>
    public SigningCredentials Current { get; }

    /// <summary>The public halves, as published at <c>/.well-known/jwks.json</c>.</summary>
    public IEnumerable<JsonWebKey> PublicKeys => All.Select(key =>
    {
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
        (jwk.Use, jwk.Alg) = ("sig", Algorithm);
        return jwk;
    });

    /// <exception cref="SettingsException">There is no key, or one is too small.</exception>
    public static SigningKeys Load(string directory)
    {
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, "*.pem").Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0)
            throw new SettingsException($"No signing key: put an RSA private key (PEM) into {directory}, for example with 'plservice new-key'.");
        return new SigningKeys([.. files.Select(Read)]);
    }

    /// <summary>Writes a new key that will sign from the next start on.</summary>
    public static string Create(string directory)
    {
        Directory.CreateDirectory(directory);
        using var rsa = RSA.Create(2048);
        var path = Path.Combine(directory, $"{Guid.CreateVersion7():N}.pem");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(rsa.ExportPkcs8PrivateKeyPem());
        return path;
    }

    private static RsaSecurityKey Read(string path)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(path));
        if (rsa.KeySize < 2048)
            throw new SettingsException($"The signing key {path} has {rsa.KeySize} bits; 2048 are the least.");
        var thumbprint = new RsaSecurityKey(rsa.ExportParameters(false)).ComputeJwkThumbprint();
        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(thumbprint) };
    }
}
