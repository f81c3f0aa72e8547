using System.Collections;
using System.Text.Json;

namespace PLService.Api.Http;

/// <summary>What a value may be, in words for whoever sent another.</summary>
internal static class ValueWords
{
    /// <summary>What a parameter or a member of this type takes: <c>a date such as 2026-10-31</c>.</summary>
    public static string Describe(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => "one of " + string.Join(", ", Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        var whole when whole == typeof(int) || whole == typeof(long) || whole == typeof(short) => "a whole number",
        var number when number == typeof(decimal) || number == typeof(double) => "a number",
        var flag when flag == typeof(bool) => "true or false",
        var id when id == typeof(Guid) => "a UUID",
        var day when day == typeof(DateOnly) => "a date such as 2026-10-31",
        var time when time == typeof(DateTimeOffset) => "a time such as 2026-10-31T15:00:00Z",
        var text when text == typeof(string) => "text without NUL",
        var map when map.IsAssignableTo(typeof(IDictionary)) || Array.Exists(map.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) => "an object",
        var list when list.IsAssignableTo(typeof(IEnumerable)) => "a list",
        _ => "an object",
    };
}
