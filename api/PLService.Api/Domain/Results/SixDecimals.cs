using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Results;

/// <summary>Writes figures with at most six decimals, so that a frozen result reads and hashes the same on every machine.</summary>
internal sealed class SixDecimals : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Of(value)!.Value);

    /// <summary>The figure as it is written.</summary>
    // Adding zero turns minus zero, which rounding small negative figures gives, into zero.
    public static double? Of(double? figure) => figure is { } value ? Math.Round(value, 6, MidpointRounding.AwayFromZero) + 0d : null;
}
