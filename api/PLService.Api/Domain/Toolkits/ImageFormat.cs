namespace PLService.Api.Domain.Toolkits;

/// <summary>What an image is, told by its first bytes and by nothing that anybody says of it.</summary>
internal static class ImageFormat
{
    /// <summary>The media type; null for whatever is not PNG, JPEG, GIF or WebP. SVG is not taken: it can carry scripts.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.Length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF ? "image/jpeg"
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    /// <summary>The usual ending of a file's name.</summary>
    public static string ExtensionOf(string mediaType) => mediaType["image/".Length..];
}
