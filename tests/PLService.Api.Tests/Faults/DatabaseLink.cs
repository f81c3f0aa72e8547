using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PLService.Api.Tests.Faults;

/// <summary>A TCP relay between the service and PostgreSQL that loses the answer to a COMMIT when it is told to.</summary>
internal sealed class DatabaseLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _port;
    private int _armed;
    private int _cuts;

    public DatabaseLink(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How many answers were lost.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>The same connection string by way of this link.</summary>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        // Readable for the link.
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>The next COMMIT of a change reaches PostgreSQL, and its answer reaches nobody.</summary>
    public void CutAtNextCommit() => Volatile.Write(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient service)
    {
        using var near = service;
        using var far = new TcpClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var cut = new Cut();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _port, ended.Token);
            var directions = new[] { UpAsync(near.GetStream(), far.GetStream(), cut, ended.Token), DownAsync(far.GetStream(), near.GetStream(), cut, ended.Token) };
            await Task.WhenAny(directions);
            await ended.CancelAsync();
            await Task.WhenAll(directions);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side is gone, and with it the relay.
        }
    }

    private async Task UpAsync(NetworkStream from, NetworkStream to, Cut cut, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            // Alone in its packet it ends a transaction of several round trips, which only changes are.
            if (IsLoneCommit(buffer.AsSpan(0, read)) && Interlocked.Exchange(ref _armed, 0) == 1)
                cut.IsSet = true;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private async Task DownAsync(NetworkStream from, NetworkStream to, Cut cut, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            if (cut.IsSet)
            {
                Interlocked.Increment(ref _cuts);
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private static bool IsLoneCommit(ReadOnlySpan<byte> packet) => packet.Length < 64 && packet.IndexOf("COMMIT"u8) >= 0;

    /// <summary>Shared by the two directions of one connection.</summary>
    private sealed class Cut
    {
        public volatile bool IsSet;
    }
}
