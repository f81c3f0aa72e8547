using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Results;

/// <summary>Why a figure is not shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WithheldReason>))]
public enum WithheldReason
{
    /// <summary>Fewer people than the tenant's minimum stand behind it.</summary>
    [JsonStringEnumMemberName("smallGroup")]
    SmallGroup,

    /// <summary>Subtracting it from a total would give away a small group.</summary>
    [JsonStringEnumMemberName("complementary")]
    Complementary,
}

/// <summary>Which of several groups may be shown beside their common total.</summary>
/// <param name="Reasons">Per group why it is withheld; null where it is shown.</param>
/// <param name="TotalWithheld">Whether the total itself must not be shown, being a small group.</param>
internal sealed record SuppressedSiblings(WithheldReason?[] Reasons, bool TotalWithheld);

/// <summary>
/// Small groups are withheld, and with them enough others that subtracting the shown ones from the total gives no small group.
/// </summary>
internal static class Suppression
{
    /// <summary>Whether a number of people is too few to be shown. Nobody at all is not: it gives nobody away.</summary>
    public static bool IsSmall(int size, int minimum) => size > 0 && size < minimum;

    /// <summary>
    /// For groups that share no people and whose total is shown: every small group is withheld; while there is one, the withheld groups
    /// are at least two and hold at least <paramref name="minimum"/> people together, the smallest others being withheld for that.
    /// </summary>
    /// <param name="sizes">People per group.</param>
    /// <param name="minimum">Least number of people that is shown; 1 or less shows all.</param>
    public static SuppressedSiblings Withheld(ReadOnlySpan<int> sizes, int minimum)
    {
        var reasons = new WithheldReason?[sizes.Length];
        var (people, total, withheld) = (0, 0, 0);
        for (var i = 0; i < sizes.Length; i++)
        {
            total += sizes[i];
            if (IsSmall(sizes[i], minimum))
            {
                reasons[i] = WithheldReason.SmallGroup;
                people += sizes[i];
                withheld++;
            }
        }

        while (withheld > 0 && (withheld < 2 || people < minimum) && SmallestShown(sizes, reasons) is { } next)
        {
            reasons[next] = WithheldReason.Complementary;
            people += sizes[next];
            withheld++;
        }

        return new SuppressedSiblings(reasons, IsSmall(total, minimum));
    }

    /// <summary>The first of the smallest groups that are shown and have people; an empty group would hide nothing.</summary>
    private static int? SmallestShown(ReadOnlySpan<int> sizes, WithheldReason?[] reasons)
    {
        int? smallest = null;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (reasons[i] is null && sizes[i] > 0 && (smallest is not { } best || sizes[i] < sizes[best]))
                smallest = i;
        }

        return smallest;
    }
}
