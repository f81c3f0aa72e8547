namespace PLService.Api.Tests.Infrastructure;

/// <summary>Files of the repository, found from where the tests were built.</summary>
internal static class Repository
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "PLService.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("PLService.sln was not found above the tests.");
    }
}
