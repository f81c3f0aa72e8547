namespace PLService.LocalPostgres;

/// <summary>What is wanted of a private PostgreSQL.</summary>
public sealed record PostgresOptions
{
    /// <summary>
    /// Where the data is wanted; made at the first start and found again later. Beside it lie <c>.json</c> (port, admin password, mode
    /// 0600), <c>.log</c>, <c>.sock</c>, <c>.lock</c> and <c>.owner</c>. When the server's user cannot reach it the data lies elsewhere:
    /// see <see cref="PostgresServer.DataDirectory"/>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The TCP port on 127.0.0.1; null: the port of the last start, or a free one when that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>True: a commit is on disk when it is acknowledged. False: quicker, for tests that kill nothing; a crash of the server
    /// may lose the commits of the last second, one of the machine everything.</summary>
    public bool Durable { get; init; }

    /// <summary>Further server settings by name; they win over ours.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Stops the server when this process dies without stopping it, by kill -9 too. Not on Windows.</summary>
    public bool StopWithParent { get; init; } = true;

    /// <summary>Is told, in a sentence each, what takes time or lies in an unexpected place.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>False: PLSERVICE_DB is not looked at. For the tests of the private server itself.</summary>
    internal bool HeedEnvironment { get; init; } = true;
}
