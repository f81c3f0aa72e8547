namespace PLService.Api.Features.FrameworkPackages;

/// <summary>Bounds how many packages are read at once: each is held in memory as a whole.</summary>
internal sealed class PackageGate : IDisposable
{
    /// <summary>Packages at once in one process.</summary>
    public const int Places = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>A place, given back when disposed; null when none came free in time.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken ct) => await _places.WaitAsync(Patience, ct) ? new Place(_places) : null;

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
