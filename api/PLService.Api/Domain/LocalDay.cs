namespace PLService.Api.Domain;

/// <summary>Which day it is somewhere: due days are days where the organization is.</summary>
internal static class LocalDay
{
    /// <param name="timeZone">IANA name of the time zone.</param>
    /// <param name="at">The moment.</param>
    public static DateOnly In(string timeZone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
}
