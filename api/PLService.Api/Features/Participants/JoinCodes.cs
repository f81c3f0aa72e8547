using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using QRCoder;

namespace PLService.Api.Features.Participants;

/// <summary>How an assessment is joined: by the code that one types, or by the link that one opens.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="Code">Six characters that nobody takes for each other; case, blanks and hyphens do not matter.</param>
/// <param name="JoinAddress">Where the code is typed.</param>
/// <param name="Link">Opens the assessment without typing. Its last part stays in the browser and is in no log.</param>
/// <param name="QrCode">The link as a QR code: an SVG document.</param>
/// <param name="ExpiresAt">Until when one can join; who has joined goes on.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record JoinCodeResponse(
    Guid AssessmentId, string Code, string JoinAddress, string Link, string QrCode, DateTimeOffset ExpiresAt, long Version) : IVersioned
{
    internal static readonly JoinCodeResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), "K7M4QX", "https://pl.example.org/join", "https://pl.example.org/join#plj_AaKzxAAAcACAAAAAAAAAAQ",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 57 57\">...</svg>", new DateTimeOffset(2026, 9, 20, 0, 0, 0, TimeSpan.Zero), 1);
}

/// <summary>Shows join codes with the links and pictures that belong to them.</summary>
internal sealed class JoinCodes(AccessOptions options, ParticipationKey key)
{
    private const string Page = "join";

    public JoinCodeResponse Show(Guid tenantId, JoinCode joinCode)
    {
        var link = options.WebLink($"{Page}#{key.WriteLink(tenantId, joinCode.Id, joinCode.Code)}").AbsoluteUri;
        return new(joinCode.AssessmentId, joinCode.Code, options.WebLink(Page).AbsoluteUri, link, Draw(link), joinCode.ExpiresAt, joinCode.Version);
    }

    private static string Draw(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(1, "#000", "#fff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
