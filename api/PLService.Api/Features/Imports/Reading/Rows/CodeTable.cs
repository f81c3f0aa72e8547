using System.Text;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>The different codes of one kind in a file, such as its items or levels. Codes that differ in case alone are the same.</summary>
internal sealed class CodeTable(int limit, string what)
{
    private readonly Utf8Interner _exact = new(limit);
    private readonly Dictionary<string, int> _folded = new(StringComparer.OrdinalIgnoreCase);
    private int[] _ids = new int[1 << 6];
    private string[] _codes = new string[1 << 6];

    /// <summary>The codes by number. What was handed out stays as it is while more are added.</summary>
    public ReadOnlyMemory<string> Codes => _codes.AsMemory(0, _folded.Count);

    /// <exception cref="ImportFileException">There are more than any instrument could have.</exception>
    public int Add(ReadOnlySpan<byte> code)
    {
        var known = _exact.Count;
        var exact = _exact.Add(code);
        if (exact < known && exact >= 0)
            return _ids[exact];
        if (exact < 0)
        {
            throw new ImportFileException(
                ImportCodes.TooManyValues, $"The file holds more than {limit:N0} different {what}. Check that the columns are named "
                    + "correctly.", value: ImportIssue.Cut(code));
        }

        var text = Encoding.UTF8.GetString(code);
        if (!_folded.TryGetValue(text, out var id))
        {
            id = _folded.Count;
            _folded.Add(text, id);
            if (id == _codes.Length)
                Array.Resize(ref _codes, id * 2);
            _codes[id] = text;
        }

        if (exact == _ids.Length)
            Array.Resize(ref _ids, exact * 2);
        return _ids[exact] = id;
    }

    public int Add(string code) => Add(Encoding.UTF8.GetBytes(code));
}
