using System.Buffers.Binary;

namespace PLService.Api.Persistence.Plans;

/// <summary>
/// Numbers as tallies keep them: four bytes each, the most significant one first. A day is the count of days since 1 January 2000. Thousands of
/// tallies are read several times as fast as with arrays.
/// </summary>
internal static class PackedInts
{
    private static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>The number of a day.</summary>
    public static int Day(DateOnly day) => day.DayNumber - Epoch;

    public static byte[] Pack(IReadOnlyList<int> numbers)
    {
        var packed = new byte[numbers.Count * sizeof(int)];
        for (var place = 0; place < numbers.Count; place++)
            BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(place * sizeof(int)), numbers[place]);
        return packed;
    }

    public static byte[] PackDays(IEnumerable<DateOnly> days) => Pack([.. days.Select(Day)]);

    public static int[] Unpack(byte[] packed)
    {
        var numbers = new int[packed.Length / sizeof(int)];
        for (var place = 0; place < numbers.Length; place++)
            numbers[place] = BinaryPrimitives.ReadInt32BigEndian(packed.AsSpan(place * sizeof(int)));
        return numbers;
    }

    public static DateOnly[] UnpackDays(byte[] packed) => [.. Unpack(packed).Select(day => DateOnly.FromDayNumber(Epoch + day))];
}
