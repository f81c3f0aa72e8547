using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.Faults;

/// <summary><c>plservice serve</c> as a process that can be killed, stopped, frozen and started again on the same port.</summary>
internal sealed class ServiceProcess(FaultDatabase database, string keyDirectory) : IAsyncDisposable
{
    private const int SigStop = 19;
    private const int SigContinue = 18;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private string? _token;

    public Uri Address { get; } = new($"http://127.0.0.1:{ServerSettings.FreePort()}");

    public int Pid => _process!.Id;

    public int ExitCode => _process!.ExitCode;

    public bool HasExited => _process!.HasExited;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public async Task StartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "plservice.dll"), "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Address.ToString(),
                ["ConnectionStrings__PLService"] = database.App,
                ["Access__Issuer"] = "http://plservice.test",
                ["Access__SigningKeyDirectory"] = keyDirectory,
                ["Access__RequestsPerSecond"] = "100000",
                ["Access__RequestBurst"] = "100000",
                // What is killed here is what a test asked for.
                ["Mail__SweepMinutes"] = "0",
                ["Serilog__MinimumLevel__Default"] = "Warning",
                ["DOTNET_gcServer"] = "0",
            },
        };
        _process = Process.Start(start)!;
        Starts++;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitReadyAsync(StartLimit, ct);
    }

    /// <summary>Waits until it says that it can serve; gives how long that took.</summary>
    public async Task<TimeSpan> WaitReadyAsync(TimeSpan limit, CancellationToken ct)
    {
        using var client = Anonymous();
        var clock = Stopwatch.StartNew();
        while (await StatusAsync(client, "/readyz", ct) is not HttpStatusCode.OK)
        {
            if (clock.Elapsed > limit || _process!.HasExited)
                throw new TimeoutException($"The service is not ready after {clock.Elapsed}. It wrote:\n{Output}");
            await Task.Delay(50, ct);
        }

        return clock.Elapsed;
    }

    /// <summary>What it wrote, for a message.</summary>
    public string Output => string.Join('\n', _output.TakeLast(60));

    /// <summary>kill -9.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        Processes.Signal(Pid, Processes.SigKill);
        await _process!.WaitForExitAsync(ct);
    }

    /// <summary>Asks it to end, as an operator does.</summary>
    public void Terminate() => Processes.Signal(Pid, Processes.SigTerm);

    /// <summary>Takes the processor away from it.</summary>
    public void Freeze() => Processes.Signal(Pid, SigStop);

    public void Thaw() => Processes.Signal(Pid, SigContinue);

    public async Task<bool> EndsAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process!.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The most memory that it ever had, in bytes; Linux knows it.</summary>
    public long PeakMemory() => File.ReadLines($"/proc/{Pid}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
        .Single();

    public HttpClient Anonymous() => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };

    /// <summary>A client with a token of the token endpoint, which outlives restarts as the signing keys do.</summary>
    public async Task<HttpClient> ClientAsync(CancellationToken ct)
    {
        var client = Anonymous();
        if (_token is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" }),
            };
            var pair = $"{database.Credentials.ClientId}:{database.Credentials.ClientSecret}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
            using var response = await client.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            Assert.True(response.IsSuccessStatusCode, text);
            _token = (string)JsonNode.Parse(text)!["access_token"]!;
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    /// <summary>The status of a GET; null when nobody answers.</summary>
    public static async Task<HttpStatusCode?> StatusAsync(HttpClient client, string address, CancellationToken ct)
    {
        try
        {
            using var response = await client.GetAsync(address, ct);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _process = null;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
            _output.Enqueue(text);
    }
}
