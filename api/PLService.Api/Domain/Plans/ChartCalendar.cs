namespace PLService.Api.Domain.Plans;

/// <summary>The days on which the columns of a chart begin and end.</summary>
internal sealed class ChartCalendar(DateOnly startsOn, IEnumerable<int> marks)
{
    /// <summary>Days after the first at which columns end, ascending.</summary>
    public IReadOnlyList<int> Marks { get; } = [.. marks.Distinct().Order()];

    /// <summary>The day that is so many days after the first.</summary>
    public DateOnly DayOf(int days) => DateOnly.FromDayNumber(Math.Min(startsOn.DayNumber + days, DateOnly.MaxValue.DayNumber));

    public DateOnly FirstDayOf(int column) => column == 0 ? startsOn : DayOf(Marks[column - 1] + 1);

    public DateOnly LastDayOf(int column) => DayOf(Marks[column]);

    /// <summary>
    /// The column that a day belongs to: the mark's day itself is in the column that it ends, and what is before the start in the first one.
    /// The number of columns for a day after the last mark.
    /// </summary>
    public int ColumnOf(DateOnly day)
    {
        var column = 0;
        while (column < Marks.Count && day > LastDayOf(column))
            column++;
        return column;
    }
}
