namespace PLService.Api.Access.Accounts;

/// <summary>What people recognize their devices by. The whole User-Agent would say more of a person than they need.</summary>
internal static class Devices
{
    private const string Unknown = "Unknown device";

    // The order decides: most browsers also call themselves by the names of others.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("pls/", "pls command line")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string NameOf(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent ?? ""), Find(Systems, userAgent ?? ""));
        return browser is null ? system ?? Unknown : system is null ? browser : $"{browser} on {system}";
    }

    private static string? Find((string Mark, string Name)[] known, string text) =>
        Array.Find(known, entry => text.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
