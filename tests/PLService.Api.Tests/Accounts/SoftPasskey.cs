using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>An authenticator in software: one key on P-256 (ES256), which answers as WebAuthn says, or as wrongly as a test wants.</summary>
internal sealed class SoftPasskey
{
    private const byte Present = 0x01, Verified = 0x04, BackupEligible = 0x08, BackedUp = 0x10, HasKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";

    public uint SignCount { get; set; }

    /// <summary>Whether it asks its user for a finger, a face or a PIN.</summary>
    public bool Verifies { get; init; } = true;

    public string Origin { get; init; } = AccountSteps.OurOrigin;

    /// <summary>Whom it takes the service for.</summary>
    public string? RelyingParty { get; init; }

    /// <summary>Makes a passkey for whoever is signed in, and registers it.</summary>
    public async Task<JsonObject> RegisterAsync(HttpClient client) => await client.CreateAsync("/v1/me/passkeys", await MakeAsync(client));

    /// <summary>The body with which it is registered.</summary>
    public async Task<JsonObject> MakeAsync(HttpClient client)
    {
        var asked = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys/options")).ExpectAsync(HttpStatusCode.OK);
        var options = asked["options"]!;
        _userHandle = (string)options["user"]!["id"]!;
        var response = new JsonObject
        {
            ["clientDataJSON"] = Url(ClientData("webauthn.create", (string)options["challenge"]!)),
            ["attestationObject"] = Url(Attestation((string)options["rp"]!["id"]!)),
            ["transports"] = new JsonArray("internal"),
        };
        return new() { ["challenge"] = (string?)asked["challenge"], ["name"] = "Soft key", ["credential"] = Credential(response) };
    }

    /// <summary>The body with which it signs in.</summary>
    public async Task<JsonObject> AnswerAsync(HttpClient client, string tenant, string mode = "cli")
    {
        var asked = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey/options", new { tenant })).ExpectAsync(HttpStatusCode.OK);
        var options = asked["options"]!;
        var clientData = ClientData("webauthn.get", (string)options["challenge"]!);
        var data = AuthenticatorData((string)options["rpId"]!, withKey: false);
        var signature = _key.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var response = new JsonObject
        {
            ["clientDataJSON"] = Url(clientData),
            ["authenticatorData"] = Url(data),
            ["signature"] = Url(signature),
            ["userHandle"] = _userHandle,
        };
        return new() { ["challenge"] = (string?)asked["challenge"], ["credential"] = Credential(response), ["client"] = mode };
    }

    private JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Url(_id),
        ["rawId"] = Url(_id),
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    };

    private byte[] ClientData(string type, string challenge) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["challenge"] = challenge, ["origin"] = Origin, ["crossOrigin"] = false }.ToJsonString());

    private byte[] Attestation(string relyingParty)
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(AuthenticatorData(relyingParty, withKey: true));
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private byte[] AuthenticatorData(string relyingParty, bool withKey)
    {
        var flags = (byte)(Present | BackupEligible | BackedUp | (Verifies ? Verified : 0) | (withKey ? HasKey : 0));
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty ?? relyingParty)), flags, .. count];
        return withKey ? [.. head, .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()] : head;
    }

    // COSE (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            cbor.WriteInt32(label);
            cbor.WriteInt32(value);
        }

        cbor.WriteInt32(-2);
        cbor.WriteByteString(point.X!);
        cbor.WriteInt32(-3);
        cbor.WriteByteString(point.Y!);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static string Url(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
