namespace PLService.Api.Domain.Instruments;

/// <summary>SHA-256 of an instrument document, the same however its members were ordered or spaced when it was read.</summary>
internal static class InstrumentHash
{
    /// <summary>Lower-case hexadecimal, 64 characters.</summary>
    public static string Of(InstrumentDocument document) => DocumentHash.Of(document);

    /// <summary>UTF-8 JSON without white space, absent members left out, members of every object sorted by code unit.</summary>
    public static byte[] CanonicalJson(InstrumentDocument document) => DocumentHash.CanonicalJson(document);
}
