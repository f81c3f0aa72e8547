using System.Buffers.Text;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>The ratings, counts and comments of one record, before it is known whether the record is taken.</summary>
internal sealed class CellReader(RecordSource source, ImportReadOptions options, Action<RecordFault> reject)
{
    private readonly CodeTable _items = new(ImportLimits.Codes, "items");
    private readonly CodeTable _axes = new(ImportLimits.Codes, "axes");
    private readonly CodeTable _answers = new(ImportLimits.Codes, "levels");
    private readonly KeyIndex _questionIndex = new();
    private readonly List<int> _ofCellColumn = [];
    private readonly List<int> _ofCommentColumn = [];
    private Question[] _questions = new Question[1 << 6];
    private int _questionCount;

    public List<(int Question, int Answer, int Count, int Column)> Cells { get; } = [];

    public List<(int Question, int Column)> Comments { get; } = [];

    /// <summary>The questions by number. What was handed out stays as it is while more are added.</summary>
    public ReadOnlyMemory<Question> Questions => _questions.AsMemory(0, _questionCount);

    public ReadOnlyMemory<string> Answers => _answers.Codes;

    public void Read()
    {
        Cells.Clear();
        Comments.Clear();
        if (options.Kind is ImportKind.ReadinessWide)
            ReadWide();
        else if (options.Kind is ImportKind.Tallies)
            ReadTally();
        else
            ReadLong();
    }

    private void ReadLong()
    {
        var question = QuestionOfRow();
        var level = source.Cell(Field.Level);
        if (level.IsEmpty)
            reject(new(ImportCodes.MissingValue, "The rating has no level. Fill it in, or leave the row out if the item was not answered.",
                source.Columns.NameOf(Field.Level)));
        else if (question >= 0)
            Cells.Add((question, _answers.Add(level), 1, source.Columns[Field.Level]));
        AddComment(question);
    }

    private void ReadWide()
    {
        var columns = source.Columns.Cells;
        for (var i = 0; i < columns.Count; i++)
        {
            if (i == _ofCellColumn.Count)
                _ofCellColumn.Add(QuestionOf(columns[i]));
            if (source.Cell(columns[i].Index) is { IsEmpty: false } level)
                Cells.Add((_ofCellColumn[i], _answers.Add(level), 1, columns[i].Index));
        }

        for (var i = 0; i < source.Columns.Comments.Count; i++)
        {
            var column = source.Columns.Comments[i];
            if (i == _ofCommentColumn.Count)
                _ofCommentColumn.Add(QuestionOf(column));
            if (!source.Cell(column.Index).IsEmpty)
                Comments.Add((_ofCommentColumn[i], column.Index));
        }

        AddComment(-1);
    }

    private void ReadTally()
    {
        var question = QuestionOfRow();
        foreach (var column in source.Columns.Cells)
        {
            if (Number(column.Index) is >= 0 and var count && question >= 0)
                Cells.Add((question, _answers.Add(column.Code!), count, column.Index));
        }

        if (source.Cell(Field.Level) is { IsEmpty: false } level)
        {
            var count = Number(source.Columns[Field.Count]);
            if (count >= 0 && question >= 0)
                Cells.Add((question, _answers.Add(level), count, source.Columns[Field.Count]));
            else if (source.Cell(Field.Count).IsEmpty)
                reject(new(ImportCodes.MissingValue, "The row has no count. Write 0 if nobody chose the level.",
                    source.Columns.NameOf(Field.Count)));
        }
        else if (source.Columns.Cells.Count == 0)
        {
            reject(new(ImportCodes.MissingValue, "The count has no level. Fill in the level's code.", source.Columns.NameOf(Field.Level)));
        }
    }

    private int Number(int column) => Number(source, column, reject);

    /// <summary>A number of people; -1 when the cell is empty or not one, which is then rejected.</summary>
    public static int Number(RecordSource source, Field field, Action<RecordFault> reject) => Number(source, source.Columns[field], reject);

    private static int Number(RecordSource source, int column, Action<RecordFault> reject)
    {
        var cell = source.Cell(column);
        if (cell.IsEmpty)
            return -1;
        if (Utf8Parser.TryParse(cell, out int number, out var used) && used == cell.Length && number is >= 0 and <= ImportLimits.Count)
            return number;
        reject(new(
            ImportCodes.BadNumber, $"This is not a whole number from 0 to {ImportLimits.Count:N0}.",
            source.Columns.All[column].Header, ImportIssue.Cut(cell)));
        return -1;
    }

    private void AddComment(int question)
    {
        if (source.Columns[Field.Comment] is >= 0 and var column && !source.Cell(column).IsEmpty)
            Comments.Add((question, column));
    }

    private int QuestionOfRow()
    {
        var item = source.Cell(Field.Item);
        if (!item.IsEmpty)
            return QuestionOf(_items.Add(item), source.Cell(Field.Axis) is { IsEmpty: false } axis ? _axes.Add(axis) : -1);
        reject(new(ImportCodes.MissingValue, "The row names no item. Fill in the item's code, such as VIS.1.",
            source.Columns.NameOf(Field.Item)));
        return -1;
    }

    private int QuestionOf(Column column) =>
        QuestionOf(_items.Add(column.Code!), column.Axis is { } axis ? _axes.Add(axis) : -1);

    private int QuestionOf(int item, int axis)
    {
        var key = ((ulong)item << 32) | (uint)(axis + 1);
        var question = _questionIndex.Find(key);
        if (question >= 0)
            return question;
        if (_questionCount == ImportLimits.Codes)
            throw new ImportFileException(ImportCodes.TooManyValues, $"The file holds more than {ImportLimits.Codes:N0} different "
                + "items. Check that the columns are named correctly.", source.Line, source.Record);
        if (_questionCount == _questions.Length)
            Array.Resize(ref _questions, _questionCount * 2);
        _questions[_questionCount] = new(_items.Codes.Span[item], axis < 0 ? null : _axes.Codes.Span[axis]);
        _questionIndex.Add(key, _questionCount);
        return _questionCount++;
    }
}
