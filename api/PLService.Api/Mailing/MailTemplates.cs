using System.Text.Unicode;
using HandlebarsDotNet;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;
using HtmlEncoder = System.Text.Encodings.Web.HtmlEncoder;

namespace PLService.Api.Mailing;

/// <summary>
/// Writes mails from the files in <c>Templates</c>: <c>kind.language.txt</c>, whose first line is the subject, and <c>kind.language.html</c>,
/// each set into the language's layout. Every value is made safe for where it goes before a template sees it.
/// </summary>
internal sealed class MailTemplates
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly IHandlebars _handlebars = Handlebars.Create(new HandlebarsConfiguration
    {
        // A name that a template has and the model has not is a mistake, and no empty place.
        ThrowOnUnresolvedBindingExpression = true,
        // Values come encoded for their place; templates are ours.
        NoEscape = true,
    });

    private readonly Dictionary<string, Lazy<HandlebarsTemplate<object, object>>> _templates;

    public MailTemplates() => _templates = Names().ToDictionary(name => name, name => new Lazy<HandlebarsTemplate<object, object>>(() => _handlebars.Compile(Read(name))));

    /// <summary>Writes a mail.</summary>
    /// <param name="model">What it tells.</param>
    /// <param name="language">In which language.</param>
    /// <param name="sender">The tenant's name.</param>
    /// <param name="unsubscribe">Where the recipient gets rid of the kind; null where they cannot.</param>
    public MailContent Write(MailModel model, MailLanguage language, string sender, string? unsubscribe)
    {
        var values = model.Values(language);
        (values["sender"], values["unsubscribe"]) = (sender, unsubscribe);
        var kind = EnumText.Of(model.Kind);

        var plain = Each(values, text => text);
        var written = Run($"{kind}.{language.Tag}.txt", plain).Split('\n', 2);
        var subject = Shorten(MailText.OneLine(written[0]));
        plain["content"] = written[1].Trim();
        var text = Run($"layout.{language.Tag}.txt", plain).Trim() + "\n";

        var encoded = Each(values, Html.Encode);
        encoded["subject"] = Html.Encode(subject);
        encoded["content"] = Run($"{kind}.{language.Tag}.html", encoded).Trim();
        return new(language.Tag, subject, text, Run($"layout.{language.Tag}.html", encoded).Trim() + "\n");
    }

    /// <summary>The names of all templates.</summary>
    internal static IEnumerable<string> Names() => typeof(MailTemplates).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("mail/", StringComparison.Ordinal)).Select(name => name["mail/".Length..]);

    /// <summary>A template as it was written.</summary>
    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(MailTemplates).Assembly.GetManifestResourceStream("mail/" + name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string Run(string name, Dictionary<string, object?> values) => _templates[name].Value(values);

    private static Dictionary<string, object?> Each(Dictionary<string, object?> values, Func<string, string> encode) => values.ToDictionary(
        value => value.Key,
        value => value.Value switch
        {
            // Only a note may have several lines; a name with a line break could pass for a line of ours.
            string text => encode(value.Key == "note" ? MailText.Lines(text) : MailText.OneLine(text)),
            List<Dictionary<string, object?>> list => list.ConvertAll(item => Each(item, encode)),
            var nothing => nothing,
        });

    private static string Shorten(string subject) => subject.Length <= Mail.SubjectMaxLength ? subject : subject[..(Mail.SubjectMaxLength - 1)].TrimEnd() + "…";
}

/// <summary>Texts that come from people, made fit for a mail.</summary>
internal static class MailText
{
    /// <summary>Without line breaks and other control characters, which could begin a header or a line of ours.</summary>
    public static string OneLine(string text) => string.Join(' ', Clean(text, keepLines: false).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>With its line breaks, and without other control characters.</summary>
    public static string Lines(string text) => Clean(text.ReplaceLineEndings("\n"), keepLines: true).Trim();

    // Also the marks that turn the direction of writing, with which a text can be made to look like another.
    private static string Clean(string text, bool keepLines) => string.Create(text.Length, (text, keepLines), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = state.text[i];
            span[i] = (c == '\n' && state.keepLines) || !(char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')) ? c : ' ';
        }
    });
}
