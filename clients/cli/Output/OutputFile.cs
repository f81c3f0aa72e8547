namespace PLService.Cli.Output;

/// <summary>Files that are whole or not there: a broken connection leaves no half of one behind.</summary>
internal static class OutputFile
{
    /// <summary>Writes to the file, or to standard output when none is named.</summary>
    public static async Task WriteAsync(string? path, Func<Stream, Task> write)
    {
        if (path is null)
        {
            await using var standard = Console.OpenStandardOutput();
            await write(standard);
            return;
        }

        var partial = path + ".partial";
        try
        {
            await using (var file = File.Create(partial))
                await write(file);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
