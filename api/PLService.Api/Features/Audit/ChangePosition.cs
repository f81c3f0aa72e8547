using System.Globalization;
using PLService.Api.Http;

namespace PLService.Api.Features.Audit;

/// <summary>A place in the change feed: everything up to this transaction and id has been read.</summary>
internal readonly record struct ChangePosition(ulong TransactionId, Guid Id)
{
    /// <summary>Before the first change.</summary>
    public static readonly ChangePosition Start = new(0, Guid.Empty);

    public static bool TryParse(string? cursor, out ChangePosition position)
    {
        position = Start;
        if (!Cursor.TryDecode(cursor, out var keys) || keys is not [var transaction, var id]
            || !ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out var transactionId) || !Guid.TryParse(id, out var eventId))
            return false;
        position = new(transactionId, eventId);
        return true;
    }

    public override string ToString() => Cursor.Encode(TransactionId.ToString(CultureInfo.InvariantCulture), Id.ToString());
}
