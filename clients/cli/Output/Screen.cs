using System.Text.Encodings.Web;
using System.Text.Json;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Output;

/// <summary>Results go to standard output, as tables or as JSON; everything else goes to standard error.</summary>
internal sealed class Screen(bool json)
{
    // Wide enough that no cell is broken where nobody's eyes are the limit.
    private const int WidthOfFiles = 1000;

    /// <summary>For terminals and files, not for web pages: accents stay as they are.</summary>
    public static readonly JavaScriptEncoder Relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonSerializerOptions Wire = new(PLServiceClient.WireOptions)
    {
        WriteIndented = true,
        Encoder = Relaxed,
    };

    private readonly IAnsiConsole _out = Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>True when a program reads what is written.</summary>
    public bool IsJson => json;

    /// <summary>Standard error, for messages and progress.</summary>
    public IAnsiConsole Messages { get; } = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>The result: as JSON when that was asked for, otherwise as people like to read it.</summary>
    public void Show<T>(T result, Action<IAnsiConsole> draw)
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(result, Wire));
        else
            draw(_out);
    }

    /// <summary>A line for people; nothing with <c>--json</c> depends on it.</summary>
    public void Say(string text) => Messages.WriteLine(text);

    public void Warn(string text) => Messages.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Fail(string text) => Messages.MarkupLineInterpolated($"[red]{text}[/]");

    /// <summary>A table without frames, which copies well.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(column)}[/]")) { Padding = new(0, 0, 2, 0) });
        return table;
    }

    /// <summary>Name and value in two columns; lines without a value are left out.</summary>
    public static Grid Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumn().AddColumn();
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(new Markup($"[bold]{Markup.Escape(name)}[/]"), new Text(value));
        }

        return grid;
    }

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
