using System.Text.RegularExpressions;

namespace PLService.Api.Domain.People;

/// <summary>Tags of BCP 47 for languages that people read: language, script, region and variants, no private or extended ones.</summary>
public static partial class LanguageTag
{
    public static bool IsValid(string tag) => tag.Length <= Person.LanguageMaxLength && Pattern().IsMatch(tag);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\z")]
    private static partial Regex Pattern();
}
