using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace PLService.Cli.Commands;

/// <summary>Words of the contract on the command line: <c>readinessRatings</c>, in any case.</summary>
internal static class Words
{
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A moment in this machine's time, to the minute.</summary>
    public static string Of(DateTimeOffset moment) => moment.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An option that takes one of these words, and names them all when it gets another.</summary>
    public static Option<T?> Option<T>(string name, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', Enum.GetValues<T>().Select(value => Of(value))),
            CustomParser = result =>
            {
                var word = result.Tokens.Single().Value;
                if (Enum.TryParse<T>(word, ignoreCase: true, out var value) && !char.IsAsciiDigit(word[0]))
                    return value;
                result.AddError($"{name} takes {string.Join(", ", Enum.GetValues<T>().Select(known => Of(known)))}; found '{word}'.");
                return null;
            },
        };
}
