using PLService.Api.Mailing;

namespace PLService.Api.Tests.Mailing;

public sealed class MailLanguageTests
{
    [Theory]
    [InlineData("es", "es")]
    [InlineData("ES-mx", "es")]
    [InlineData("es_US", "es")]
    [InlineData("en-GB", "en")]
    [InlineData("vi", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void The_language_is_the_nearest_that_there_is(string? wanted, string got) => Assert.Equal(got, MailLanguage.For(wanted).Tag);

    [Theory]
    [InlineData("en", "Sunday, November 1, 2026, 6:05 PM (America/Los_Angeles)")]
    [InlineData("es", "domingo, 1 de noviembre de 2026, 6:05 p. m. (America/Los_Angeles)")]
    public void A_moment_is_told_in_the_time_zone_on_its_own_day(string language, string expected)
    {
        // An hour earlier the clocks there were still on summer time.
        var at = new DateTimeOffset(2026, 11, 2, 2, 5, 0, TimeSpan.Zero);

        Assert.Equal(expected, MailLanguage.For(language).Moment(at, "America/Los_Angeles"));
    }

    [Theory]
    [InlineData(0, "12:05 AM")]
    [InlineData(12, "12:05 PM")]
    [InlineData(13, "1:05 PM")]
    public void Noon_and_midnight_are_twelve(int hour, string expected) =>
        Assert.Contains(expected, MailLanguage.English.Moment(new(2026, 1, 5, hour, 5, 0, TimeSpan.Zero), "UTC"), StringComparison.Ordinal);

    [Fact]
    public void Every_day_and_month_has_its_name()
    {
        var dates = Enumerable.Range(0, 366).Select(day => new DateOnly(2028, 1, 1).AddDays(day)).ToList();

        Assert.Equal("Saturday, January 1, 2028", MailLanguage.English.Date(dates[0]));
        Assert.Equal("miércoles, 31 de mayo de 2028", MailLanguage.Spanish.Date(new(2028, 5, 31)));
        foreach (var language in MailLanguage.All)
            Assert.Equal(366, dates.Select(language.Date).Distinct().Count());
    }

    [Fact]
    public void Days_and_roles_are_told_in_words()
    {
        Assert.Equal(["today", "tomorrow", "in 3 days"], ((int[])[0, 1, 3]).Select(MailLanguage.English.InDays));
        Assert.Equal(["hoy", "mañana", "en 3 días"], ((int[])[0, 1, 3]).Select(MailLanguage.Spanish.InDays));
        foreach (var role in (string[])["agencyAdmin", "districtLead", "facilitator", "reviewer", "participant", "viewer"])
            Assert.NotEqual(MailLanguage.English.Role(role), MailLanguage.Spanish.Role(role));
        Assert.Equal("registrar", MailLanguage.English.Role("registrar"));
    }
}
