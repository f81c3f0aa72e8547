using System.Globalization;
using System.Text;
using PLService.Api.Features.Imports.Reading.Rows;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2026-09-14T13:05:22Z", "2026-09-14T13:05:22.0000000")]
    [InlineData("2026-09-14T13:05:22.1234567Z", "2026-09-14T13:05:22.1234567")]
    [InlineData("2026-09-14T13:05:22.123456789Z", "2026-09-14T13:05:22.1234567")]
    [InlineData("2026-09-14T13:05:22-07:00", "2026-09-14T20:05:22.0000000")]
    [InlineData("2026-09-14T13:05:22+0530", "2026-09-14T07:35:22.0000000")]
    [InlineData("2026-09-14 13:05:22+02", "2026-09-14T11:05:22.0000000")]
    [InlineData("2026-09-14T13:05Z", "2026-09-14T13:05:00.0000000")]
    [InlineData("2026-09-14 13:05:22", "2026-09-14T20:05:22.0000000")]
    [InlineData("2026-12-14 13:05:22", "2026-12-14T21:05:22.0000000")]
    [InlineData("2026-09-14", "2026-09-14T07:00:00.0000000")]
    [InlineData("9/14/2026 13:05:22", "2026-09-14T20:05:22.0000000")]
    [InlineData("9/14/2026 1:05:22 PM", "2026-09-14T20:05:22.0000000")]
    [InlineData("9/14/2026 12:05 AM", "2026-09-14T07:05:00.0000000")]
    [InlineData("09/04/2026, 1:05 p.m.", "2026-09-04T20:05:00.0000000")]
    [InlineData("2026/09/14 1:05:22 PM EST", "2026-09-14T18:05:22.0000000")]
    [InlineData("2026/09/14 1:05:22 PM GMT-7", "2026-09-14T20:05:22.0000000")]
    [InlineData("2026/09/14 1:05:22 PM GMT+5:30", "2026-09-14T07:35:22.0000000")]
    public void A_time_is_read_as_the_instant_it_means(string text, string utc)
    {
        Assert.True(Timestamps.TryParse(Encoding.UTF8.GetBytes(text), TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"),
            out var ticks));
        Assert.Equal(utc, new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("14/9/2026")]
    [InlineData("14.9.2026 13:05")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-13-01")]
    [InlineData("2026-09-14T25:00:00Z")]
    [InlineData("2026-09-14T13:05:22+25:00")]
    [InlineData("2026-09-14T13:05:22 or so")]
    [InlineData("2026-09-14T1305Z")]
    [InlineData("0026-09-14")]
    [InlineData("9/14/2026 13:05 PM")]
    [InlineData("9/14/2026 1:05 PM XYZ")]
    [InlineData("46279.545")]
    public void What_is_no_time_is_refused(string text) =>
        Assert.False(Timestamps.TryParse(Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc, out _));
}
