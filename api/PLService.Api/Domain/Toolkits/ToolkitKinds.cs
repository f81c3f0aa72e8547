using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Toolkits;

/// <summary>What a part of a tool is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToolPartKind>))]
internal enum ToolPartKind
{
    [JsonStringEnumMemberName("text")]
    Text,

    [JsonStringEnumMemberName("fields")]
    Fields,

    [JsonStringEnumMemberName("reading")]
    Reading,

    [JsonStringEnumMemberName("discussion")]
    Discussion,
}

/// <summary>How a field may be answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerKind>))]
internal enum AnswerKind
{
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>In words, with an image, or both.</summary>
    [JsonStringEnumMemberName("imageOrText")]
    ImageOrText,
}

/// <summary>What answers are gathered as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldCollection>))]
internal enum FieldCollection
{
    [JsonStringEnumMemberName("nextSteps")]
    NextSteps,
}

/// <summary>What marked passages are gathered as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReadingCollection>))]
internal enum ReadingCollection
{
    /// <summary>Where what is read differs from present policy and practice.</summary>
    [JsonStringEnumMemberName("differences")]
    Differences,
}
