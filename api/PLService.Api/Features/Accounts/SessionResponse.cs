using System.Globalization;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Features.Accounts;

/// <summary>A place where you are signed in.</summary>
/// <param name="Id">The service's id, to end it.</param>
/// <param name="Device">Browser and system: "Firefox on Windows".</param>
/// <param name="Client">What keeps it.</param>
/// <param name="Current">Whether it is the session of this request.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
public sealed record SessionResponse(
    Guid Id, string Device, SessionClient Client, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt)
{
    private static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);

    internal static readonly SessionResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"), "Firefox on Windows", SessionClient.Browser, true, SampleTime, SampleTime.AddHours(3), SampleTime.AddHours(15));
}
