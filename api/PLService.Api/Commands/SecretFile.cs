using System.Text.Json;

namespace PLService.Api.Commands;

/// <summary>A file of <c>make run</c> that its owner alone may read.</summary>
internal static class SecretFile
{
    public static async Task WriteAsync<T>(string file, T content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        await JsonSerializer.SerializeAsync(stream, content, JsonSerializerOptions.Web);
    }
}
