namespace PLService.Api.Mailing.Digests;

/// <summary>
/// One kind of thing that can be due for people. A part of the service that has such things adds one class, and digests tell of them: it is
/// asked for hundreds of people at once.
/// </summary>
internal interface IDueItems
{
    /// <summary>What is due for these people, at most <see cref="DueQuestion.AtMost"/> for each, the most urgent of theirs.</summary>
    Task<DueAnswer> ReadAsync(DueQuestion question, CancellationToken ct);
}

/// <summary>For whom it is asked.</summary>
/// <param name="Today">Today's date where each person is.</param>
/// <param name="AtMost">How many items of a person are listed.</param>
internal sealed record DueQuestion(IReadOnlyDictionary<Guid, DateOnly> Today, int AtMost);

/// <summary>What is due.</summary>
/// <param name="Items">Each with whose it is.</param>
/// <param name="More">How many more there are, of those who have more than are listed.</param>
internal sealed record DueAnswer(IReadOnlyList<DueItem> Items, IReadOnlyDictionary<Guid, int> More);

/// <param name="PersonId">For whom.</param>
/// <param name="Item">What.</param>
internal sealed record DueItem(Guid PersonId, DigestItem Item);
