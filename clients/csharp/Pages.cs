using System.Runtime.CompilerServices;

namespace PLService.Client;

/// <summary>Reads lists to their end. Every list of the contract has a <c>ListAll...</c> method made of this.</summary>
public static class Pages
{
    /// <summary>Every item of a list, page after page; a page is read when its first item is wanted.</summary>
    /// <param name="read">Reads the page that a cursor names; null for the first.</param>
    /// <param name="itemsOf">The items of a page.</param>
    /// <param name="nextOf">The cursor of the page after it; null at the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<TItem> ItemsAsync<TPage, TItem>(
        Func<string?, CancellationToken, Task<TPage>> read,
        Func<TPage, IReadOnlyList<TItem>> itemsOf,
        Func<TPage, string?> nextOf,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(itemsOf);
        ArgumentNullException.ThrowIfNull(nextOf);
        string? cursor = null;
        do
        {
            var page = await read(cursor, cancellationToken);
            foreach (var item in itemsOf(page))
                yield return item;
            cursor = nextOf(page);
        }
        while (cursor is not null);
    }
}
