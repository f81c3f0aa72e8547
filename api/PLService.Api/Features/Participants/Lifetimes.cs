using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Participants;

/// <summary>How long codes and tokens are good.</summary>
internal static class Lifetimes
{
    /// <summary>The end of the window's last day wherever it ends last; without a window, or with one that is over, some days from now.</summary>
    public static DateTimeOffset EndOf(DateOnly? windowClosesOn, DateTimeOffset now, int days)
    {
        // A day is over twelve hours later at its last place than it is at UTC.
        if (windowClosesOn is { } day && new DateTimeOffset(day.AddDays(1), new TimeOnly(12, 0), TimeSpan.Zero) is var end && end > now)
            return end < now.AddDays(JoinCode.MaxDays) ? end : now.AddDays(JoinCode.MaxDays);
        return now.AddDays(days);
    }
}
