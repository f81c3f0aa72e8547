namespace PLService.Api.Persistence;

/// <summary>Functions of PostgreSQL that queries need by their own rules, not by .NET's.</summary>
internal static class Sql
{
    /// <summary>PostgreSQL's <c>lower</c>, also of a parameter: what an index on <c>lower(column)</c> is compared with.</summary>
    public static string Lower(string text) => throw new InvalidOperationException($"lower('{text}') runs in the database only.");
}
