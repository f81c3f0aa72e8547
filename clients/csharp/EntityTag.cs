namespace PLService.Client;

/// <summary>Entity tags, for <c>If-Match</c>.</summary>
public static class EntityTag
{
    /// <summary>Whatever version there is: overwrites other people's changes.</summary>
    public const string Any = "*";

    /// <summary>The tag of the version that one has read; the service answers 412 when it is not the current one any more.</summary>
    public static string Of(long version) => $"\"{version}\"";
}
