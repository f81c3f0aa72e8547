namespace PLService.Api.Features.Imports.Reading;

/// <summary>The stable codes of what can be wrong with a file. Clients branch on them; people read the detail beside.</summary>
internal static class ImportCodes
{
    // Faults of the file: nothing of it is taken.
    public const string NotCsv = "import.not_csv";
    public const string Empty = "import.empty";
    public const string MissingColumn = "import.missing_column";
    public const string UnknownColumn = "import.unknown_column";
    public const string DuplicateColumn = "import.duplicate_column";
    public const string TooManyColumns = "import.too_many_columns";
    public const string ExtraHeaderRows = "import.extra_header_rows";
    public const string Encoding = "import.encoding";
    public const string LineTooLong = "import.line_too_long";
    public const string UnclosedQuote = "import.unclosed_quote";
    public const string Gzip = "import.gzip";
    public const string TooLarge = "import.too_large";
    public const string TooManyValues = "import.too_many_values";

    // Faults of a record: it is rejected, the rest is read on.
    public const string RowTooShort = "import.row_too_short";
    public const string RowTooLong = "import.row_too_long";
    public const string BadQuote = "import.bad_quote";
    public const string NulByte = "import.nul_byte";
    public const string CellTooLong = "import.cell_too_long";
    public const string MissingValue = "import.missing_value";
    public const string BadDate = "import.bad_date";
    public const string BadNumber = "import.bad_number";
    public const string BadId = "import.bad_id";
    public const string BadJson = "import.bad_json";
    public const string TooDeep = "import.too_deep";
    public const string ConflictingRow = "import.conflicting_row";

    // Worth knowing: the record changes nothing that an earlier one did not say.
    public const string DuplicateRow = "import.duplicate_row";
}
