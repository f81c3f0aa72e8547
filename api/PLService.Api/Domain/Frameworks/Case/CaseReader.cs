using System.Text.Json;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>
/// Reads a CFPackage of CASE 1.0 or 1.1 as real files have them. It goes through the file once, object by object: beside the file itself
/// only what will be stored is held in memory.
/// </summary>
internal ref struct CaseReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = CaseLimits.Depth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly CaseFindings _findings;
    private readonly CaseMender _mender;
    private readonly CaseCollector _collector;
    private Utf8JsonReader _reader;

    private CaseReader(ReadOnlySpan<byte> file, CaseFindings findings, string ownAddress)
    {
        var (documentId, time) = CaseDocumentPeek.Look(file, Options);
        _findings = findings;
        _mender = new(findings, documentId, time);
        _collector = new(findings, _mender, ownAddress);
        _reader = new(file, Options);
    }

    /// <summary>The package, or what is wrong with it.</summary>
    /// <param name="file">The file, UTF-8.</param>
    /// <param name="ownAddress">Where this installation provides CASE: such addresses are stored without it.</param>
    public static CaseReading Read(ReadOnlySpan<byte> file, string ownAddress)
    {
        var findings = new CaseFindings();
        if (file.StartsWith("\uFEFF"u8))
            file = file[3..];
        if (file.Length > CaseLimits.Bytes)
        {
            findings.Fault("", "too_large", $"The file has {file.Length:N0} bytes; {CaseLimits.Bytes:N0} are allowed.");
            return new(null, findings.Faults, []);
        }

        try
        {
            var reader = new CaseReader(file, findings, ownAddress);
            reader.ReadRoot();
            var package = reader._collector.Finish();
            return new(findings.Faults.Count == 0 ? package : null, findings.Faults, findings.Warnings);
        }
        catch (JsonException broken)
        {
            findings.Fault("", "malformed_json", $"It is not JSON: {broken.Message.Split(" LineNumber")[0].TrimEnd('.')}, line {broken.LineNumber + 1}. JSON may be nested {CaseLimits.Depth} deep.");
            return new(null, findings.Faults, findings.Warnings);
        }
    }

    private void ReadRoot()
    {
        _reader.Read();
        ReadObject("", isDefinitions: false);
        // What follows the package is no JSON: told by the reader.
        _reader.Read();
    }

    private void ReadObject(string pointer, bool isDefinitions)
    {
        if (_reader.TokenType is not JsonTokenType.StartObject)
        {
            _findings.Fault(pointer, "format", isDefinitions ? "CFDefinitions is an object with lists of definitions." : "A CFPackage is an object with CFDocument, CFItems and CFAssociations.");
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            var place = $"{pointer}/{Instruments.FaultList.Escaped(name)}";
            if (_reader.TokenType is JsonTokenType.Null)
                continue;
            if (isDefinitions)
                ReadDefinitions(name, place);
            else
                ReadMember(name, place);
        }
    }

    private void ReadMember(string name, string place)
    {
        switch (name)
        {
            case "CFPackage" when _reader.TokenType is JsonTokenType.StartObject:
                ReadObject(place, isDefinitions: false);
                break;
            case "CFDocument":
                ReadOne(place, static (collector, given, at) => collector.AddDocument(given, at));
                break;
            case "CFItems":
                ReadList(place, CaseLimits.Items, static (collector, given, at) => collector.AddItem(given, at));
                break;
            case "CFAssociations":
                ReadList(place, CaseLimits.Associations, static (collector, given, at) => collector.AddAssociation(given, at));
                break;
            case "CFRubrics":
                ReadList(place, CaseLimits.Rubrics, static (collector, given, at) => collector.AddRubric(given, at));
                break;
            case "CFDefinitions":
                ReadObject(place, isDefinitions: true);
                break;
            default:
                ReadOne(place, (collector, given, at) => collector.AddToPackage(name, given, at));
                break;
        }
    }

    private void ReadDefinitions(string name, string place)
    {
        if (CaseShapes.Definitions.FirstOrDefault(definition => definition.Shape.Collection == name) is (var kind, { } shape))
            ReadList(place, CaseLimits.Definitions, (collector, given, at) => collector.AddDefinition(kind, shape, given, at));
        else
            ReadOne(place, (collector, given, at) => collector.AddToDefinitions(name, given, at));
    }

    private void ReadList(string place, int most, Action<CaseCollector, JsonElement, string> add)
    {
        if (_reader.TokenType is not JsonTokenType.StartArray)
        {
            _findings.Warn(place, place, "list_expected", "A list is expected here; what stands here is taken as its only member.");
            ReadOne(place, add);
            return;
        }

        for (var i = 0; _reader.Read() && _reader.TokenType is not JsonTokenType.EndArray; i++)
        {
            if (i == most)
                _findings.Fault(place, "too_many", $"There are more than {most:N0}; split the framework.");
            if (i >= most || _reader.TokenType is JsonTokenType.Null)
                _reader.Skip();
            else
                ReadOne($"{place}/{i}", add);
        }
    }

    private void ReadOne(string place, Action<CaseCollector, JsonElement, string> add)
    {
        var start = _reader.TokenStartIndex;
        using var given = JsonDocument.ParseValue(ref _reader);
        if (_reader.BytesConsumed - start > CaseLimits.ObjectBytes)
            _findings.Fault(place, "too_large", $"One object may have {CaseLimits.ObjectBytes:N0} bytes.");
        else
            add(_collector, given.RootElement, place);
    }
}

/// <summary>Finds the document of a package before all else, for items that come before it in the file.</summary>
internal static class CaseDocumentPeek
{
    /// <summary>Its identifier, and the time that stands for times that are missing.</summary>
    public static (Guid? Id, string Time) Look(ReadOnlySpan<byte> file, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(file, options);
        while (reader.Read() && reader.CurrentDepth <= 2)
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
                continue;
            var isPackage = reader.ValueTextEquals("CFPackage"u8);
            var isDocument = reader.ValueTextEquals("CFDocument"u8);
            reader.Read();
            if (isDocument && reader.TokenType is JsonTokenType.StartObject)
            {
                using var document = JsonDocument.ParseValue(ref reader);
                return Of(document.RootElement);
            }

            if (!isPackage)
                reader.Skip();
        }

        return (null, Epoch);
    }

    private const string Epoch = "1970-01-01T00:00:00Z";

    private static (Guid? Id, string Time) Of(JsonElement document)
    {
        string? Text(string member) => document.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        return (
            CaseIds.TryRead(Text("identifier") ?? Text("sourcedId"), out var id) || CaseIds.TryReadEnd(Text("uri"), out id) ? id : null,
            (Text("lastChangeDateTime") is { } time ? CaseTimes.Time(time) : null) ?? Epoch);
    }
}
