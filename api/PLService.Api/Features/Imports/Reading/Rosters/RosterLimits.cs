namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>What a zip may hold at most, whatever it declares.</summary>
internal static class RosterLimits
{
    /// <summary>Bytes of the zip as it comes.</summary>
    public const long ZipBytes = 256L << 20;

    /// <summary>Files within it; the standard has 21.</summary>
    public const int Entries = 100;

    /// <summary>Bytes of one file once it is unpacked.</summary>
    public const long EntryBytes = 512L << 20;

    /// <summary>Bytes of all that is unpacked.</summary>
    public const long UnpackedBytes = 1L << 30;

    /// <summary>Rows of the manifest.</summary>
    public const int ManifestRows = 200;
}
