namespace PLService.Api.Features.Imports;

/// <summary>Bounds how many uploads are under way at once, since each holds a database connection for as long as its sender takes.</summary>
internal sealed class UploadGate : IDisposable
{
    /// <summary>Uploads at once in one process.</summary>
    public const int Places = 60;

    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>A place, given back when disposed; null when all are taken.</summary>
    public IDisposable? TryEnter() => _places.Wait(0) ? new Place(_places) : null;

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
