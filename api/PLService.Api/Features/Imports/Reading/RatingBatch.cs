using System.Text;
using PLService.Api.Features.Imports.Reading.Rows;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>Ratings or counts, dictionary-encoded: five numbers a cell and no string.</summary>
/// <remarks>
/// Scopes, questions, answers and roles are numbered over the whole file and only ever added to, so the consumer resolves each once, when
/// a cell or subject refers to it, and keeps the outcome in an array beside; rejected records leave entries that nothing refers to.
/// Subjects are numbered within the batch; one that goes on in a later batch appears there again.
/// The cells of one record stand together. Release the batch when it has been used: its arrays serve a later one.
/// </remarks>
internal sealed class RatingBatch : ImportBatch
{
    private Action<RatingBatch>? _release;
    private int[] _subjects = new int[1 << 10];
    private int[] _questions = new int[1 << 10];
    private int[] _answers = new int[1 << 10];
    private int[] _counts = new int[1 << 10];
    private int[] _records = new int[1 << 10];
    private int[] _lines = new int[1 << 10];
    private Subject[] _people = new Subject[1 << 8];
    private readonly List<(int Subject, int Question, int Record, int Line, int Start, int Length)> _comments = [];
    private byte[] _text = new byte[1 << 10];
    private int _textLength;

    /// <summary>A participant of an assessment, or the group of a tally.</summary>
    /// <param name="Scope">The assessment: a place in <see cref="RatingBatch.Scopes"/>.</param>
    /// <param name="Role">A place in <see cref="RatingBatch.Roles"/>; -1 when not told.</param>
    /// <param name="RatedAtTicks">When the last of its ratings was made, UTC; 0 when not told.</param>
    /// <param name="Participants">How many people a group counts; -1 when not told.</param>
    internal record struct Subject(int Scope, int Role, long RatedAtTicks, int Participants);

    internal readonly Utf8Interner Keys = new(int.MaxValue);

    public ReadOnlyMemory<AssessmentScope> Scopes { get; internal set; }

    public ReadOnlyMemory<Question> QuestionTable { get; internal set; }

    /// <summary>Level codes or labels, as the file writes them.</summary>
    public ReadOnlyMemory<string> AnswerTable { get; internal set; }

    public ReadOnlyMemory<string> Roles { get; internal set; }

    /// <summary>How many cells there are; each of the following has as many.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Subjects => _subjects.AsSpan(0, Count);

    public ReadOnlySpan<int> Questions => _questions.AsSpan(0, Count);

    public ReadOnlySpan<int> Answers => _answers.AsSpan(0, Count);

    /// <summary>Marks on the level, in a tally; 1 in a rating.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Count);

    public ReadOnlySpan<int> Records => _records.AsSpan(0, Count);

    public ReadOnlySpan<int> Lines => _lines.AsSpan(0, Count);

    public int SubjectCount => Keys.Count;

    public ReadOnlySpan<Subject> People => _people.AsSpan(0, SubjectCount);

    /// <summary>The participant key or the name of the group, in UTF-8.</summary>
    public ReadOnlySpan<byte> KeyOf(int subject) => Keys[subject][4..];

    public int CommentCount => _comments.Count;

    /// <summary>A comment; question -1 is about the whole assessment.</summary>
    public (int Subject, int Question, string Text) Comment(int index) =>
        _comments[index] is var c ? (c.Subject, c.Question, Encoding.UTF8.GetString(_text, c.Start, c.Length)) : default;

    /// <summary>The record that a comment stands in.</summary>
    public int RecordOfComment(int index) => _comments[index].Record;

    /// <summary>The line on which that record starts.</summary>
    public int LineOfComment(int index) => _comments[index].Line;

    /// <summary>Gives the arrays back; the batch must not be used afterwards.</summary>
    public void Release() => Interlocked.Exchange(ref _release, null)?.Invoke(this);

    internal int TextLength => _textLength;

    internal ref Subject Person(int subject) => ref _people[subject];

    internal void Rent(Action<RatingBatch> release) => _release = release;

    internal void AddPerson(Subject subject)
    {
        if (SubjectCount > _people.Length)
            Array.Resize(ref _people, _people.Length * 2);
        _people[SubjectCount - 1] = subject;
    }

    internal void AddCell(int subject, int question, int answer, int count, long record, long line)
    {
        if (Count == _subjects.Length)
        {
            Array.Resize(ref _subjects, Count * 2);
            Array.Resize(ref _questions, Count * 2);
            Array.Resize(ref _answers, Count * 2);
            Array.Resize(ref _counts, Count * 2);
            Array.Resize(ref _records, Count * 2);
            Array.Resize(ref _lines, Count * 2);
        }

        _subjects[Count] = subject;
        _questions[Count] = question;
        _answers[Count] = answer;
        _counts[Count] = count;
        _records[Count] = (int)record;
        _lines[Count++] = (int)line;
    }

    internal ReadOnlySpan<byte> CommentText(int index) => _comments[index] is var c ? _text.AsSpan(c.Start, c.Length) : default;

    internal void AddComment(int subject, int question, long record, long line, ReadOnlySpan<byte> text)
    {
        if (_textLength + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + text.Length));
        text.CopyTo(_text.AsSpan(_textLength));
        _comments.Add((subject, question, (int)record, (int)line, _textLength, text.Length));
        _textLength += text.Length;
    }

    internal override void Clear()
    {
        base.Clear();
        Keys.Clear();
        _comments.Clear();
        (Count, _textLength) = (0, 0);
    }
}
