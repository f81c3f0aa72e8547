namespace PLService.Api.Mailing.Delivery;

/// <summary>
/// Remembers that the mail server is away, for all tenants have the same: while it is, no job waits for it anew, and workers are free
/// for other work.
/// </summary>
internal sealed class MailGate(MailOptions options, TimeProvider clock)
{
    private long _closedUntil;

    /// <summary>When the server is tried again; null when there is nothing against it now.</summary>
    public DateTimeOffset? ClosedUntil =>
        new DateTimeOffset(Interlocked.Read(ref _closedUntil), TimeSpan.Zero) is var until && until > clock.GetUtcNow() ? until : null;

    /// <summary>The server is away.</summary>
    public void Close() => Interlocked.Exchange(ref _closedUntil, (clock.GetUtcNow() + options.FirstPause).UtcTicks);
}
