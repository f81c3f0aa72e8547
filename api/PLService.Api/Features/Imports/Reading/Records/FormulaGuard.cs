namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>
/// Keeps spreadsheets from running a cell that begins with = + - @ tab or CR (OWASP ASVS 5.0.0, 1.2.10): an apostrophe goes before it
/// in files that we write, and is taken off again when such a file comes back. A cell that begins with an apostrophe before such a
/// character gets one more, so that every text survives the round trip.
/// </summary>
internal static class FormulaGuard
{
    public static bool Needs(ReadOnlySpan<byte> cell)
    {
        var text = cell.TrimStart((byte)'\'');
        return text is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r', ..];
    }

    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> cell) => cell is [(byte)'\'', ..] && Needs(cell) ? cell[1..] : cell;
}
