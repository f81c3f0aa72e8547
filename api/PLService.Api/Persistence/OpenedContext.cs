namespace PLService.Api.Persistence;

/// <summary>
/// The EF context of this scope, once somebody has asked for it. Whoever only wants to join its transaction looks here: where there is no
/// context there is no transaction, and to make one would take longer than a small read does.
/// </summary>
public sealed class OpenedContext
{
    /// <summary>The context; null while nobody has asked for it.</summary>
    public PLServiceDbContext? Db { get; internal set; }
}
