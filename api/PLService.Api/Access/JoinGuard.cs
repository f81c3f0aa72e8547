using System.Net;
using System.Net.Sockets;

namespace PLService.Api.Access;

/// <summary>
/// Makes join codes hard to guess: wrong ones are counted per address and in total, and when either has had too many, no code is looked up for a
/// while, right or wrong; the pause doubles each time, up to an hour for all and four for one address. Each process counts for itself, so that k processes take k times the total; links, which cannot be guessed, never wait.
/// </summary>
internal sealed class JoinGuard(AccessOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Codes that are looked up at the same time: so many more wrong ones can slip through than are allowed.</summary>
    private const int AtATime = 4;

    private const int MaxAddresses = 20_000;

    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly Lock _lock = new();
    private readonly GuessBudget _total = new(options.WrongCodes, TimeSpan.FromSeconds(options.WrongCodesPauseSeconds), TimeSpan.FromHours(1));
    private readonly Dictionary<string, GuessBudget> _addresses = new(StringComparer.Ordinal);

    /// <summary>Looks a code up, unless it is time to pause: then says for how long.</summary>
    /// <param name="address">Who asks.</param>
    /// <param name="find">Gives null for a wrong code.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(T? Found, TimeSpan Wait)> TryAsync<T>(IPAddress? address, Func<Task<T?>> find, CancellationToken ct)
        where T : class
    {
        var from = PartOf(address);
        await _places.WaitAsync(ct);
        try
        {
            var wait = Wait(from);
            if (wait > TimeSpan.Zero)
                return (null, wait);
            var found = await find();
            if (found is null)
                Miss(from);
            return (found, TimeSpan.Zero);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private TimeSpan Wait(string from)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var own = _addresses.TryGetValue(from, out var budget) ? budget.Wait(now) : TimeSpan.Zero;
            var all = _total.Wait(now);
            return own > all ? own : all;
        }
    }

    private void Miss(string from)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            _total.Miss(now);
            if (!_addresses.TryGetValue(from, out var budget))
            {
                Forget(now);
                _addresses[from] = budget = new(options.WrongCodesPerAddress, TimeSpan.FromSeconds(10 * options.WrongCodesPauseSeconds), TimeSpan.FromHours(4));
            }

            budget.Miss(now);
        }
    }

    // Who can send from more addresses than this is held by the total.
    private void Forget(DateTimeOffset now)
    {
        if (_addresses.Count < MaxAddresses)
            return;
        foreach (var (address, budget) in _addresses)
        {
            if (budget.IsForgotten(now))
                _addresses.Remove(address);
        }

        if (_addresses.Count >= MaxAddresses)
            _addresses.Clear();
    }

    /// <summary>An IPv4 address, or the 64 bits of an IPv6 one that its holder cannot choose.</summary>
    private static string PartOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
