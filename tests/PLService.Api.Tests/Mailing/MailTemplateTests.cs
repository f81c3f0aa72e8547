using System.Text.RegularExpressions;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Mailing;

public sealed partial class MailTemplateTests
{
    private const string Nasty = "<script>alert(\"x\")</script> & 'Ñandú' {{link}}";
    private const string Unsubscribe = "https://pl.example.org/v1/unsubscribe?token=plu_x&a=1";
    private static readonly MailTemplates Templates = new();

    public static TheoryData<MailKind, string> KindsAndLanguages
    {
        get
        {
            var data = new TheoryData<MailKind, string>();
            foreach (var kind in Enum.GetValues<MailKind>())
            {
                foreach (var language in MailLanguage.All)
                    data.Add(kind, language.Tag);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public void Each_kind_is_written_in_each_language_with_every_value_in_its_place(MailKind kind, string language)
    {
        var mail = Write(kind, language, Nasty);

        Assert.Equal(language, mail.Language);
        Assert.InRange(mail.Subject.Length, 10, Mail.SubjectMaxLength);
        Assert.DoesNotContain('\n', mail.Subject);
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            Assert.DoesNotContain("{{#", body, StringComparison.Ordinal);
            Assert.DoesNotContain("{{/", body, StringComparison.Ordinal);
        }

        Assert.Contains("https://pl.example.org/go?token=abc&n=1", mail.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://pl.example.org/go?token=abc&amp;n=1\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains(Unsubscribe, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Example State", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public void No_value_is_HTML_and_every_page_is_one_that_a_screen_reader_can_read(MailKind kind, string language)
    {
        var html = Write(kind, language, Nasty).Html;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("&amp;amp;", html, StringComparison.Ordinal);
        if (SampleMails.All(Nasty).Single(model => model.Kind == kind).Values(MailLanguage.English).Values.Any(value => value is Nasty))
            Assert.Contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;Ñandú&#x27; {{link}}", html, StringComparison.Ordinal);
        Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Matches("<title>[^<]{10,}</title>", html);
        Assert.Matches("<h1[^>]*>[^<]{10,}</h1>", html);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Links().Matches(html), link => Assert.Matches("[^<]{4,}", link.Groups["text"].Value));
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public void Templates_and_models_know_the_same_names(MailKind kind, string language)
    {
        var values = SampleMails.All("x").Single(model => model.Kind == kind).Values(MailLanguage.English);
        var known = values.Keys.Concat(values.Values.OfType<List<Dictionary<string, object?>>>().SelectMany(list => list[0].Keys)).ToHashSet();
        foreach (var form in (string[])["txt", "html"])
        {
            var used = NamesIn($"{EnumText.Of(kind)}.{language}.{form}");
            // The layout has the sender; what the subject says needs no repetition.
            Findings.None(used.Except(known).Where(name => name != "sender").Select(name => $"the {form} uses {name}, which the model has not"));
            Findings.None(known.Except(used).Select(name => $"the {form} does not use {name}"));
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public void A_name_cannot_begin_a_line_or_a_header(MailKind kind, string language)
    {
        var mail = Write(kind, language, "Pat\r\nBcc: victim@example.org\u2028\u202Eevil\0");

        Assert.DoesNotContain('\r', mail.Subject + mail.Text);
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.StartsWith("Bcc", StringComparison.Ordinal) && !IsNote(kind));
        Assert.DoesNotContain("\u202E", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("\0", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_keeps_its_lines_and_an_absent_one_leaves_no_trace()
    {
        var note = Templates.Write(SampleMails.Invitation() with { Note = "Dear Ana,\r\n\r\nwelcome." }, MailLanguage.English, "Example State", null);
        var none = Templates.Write(SampleMails.Invitation() with { Inviter = null }, MailLanguage.Spanish, "Example State", null);

        Assert.Contains("\nDear Ana,\n\nwelcome.\n", note.Text, StringComparison.Ordinal);
        Assert.Contains(">Dear Ana,\n\nwelcome.</blockquote>", note.Html.Replace("&#xA;", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("blockquote", none.Html, StringComparison.Ordinal);
        Assert.StartsWith("Ha recibido una invitación para unirse a Cedar Valley como facilitador.\n\nAcepte", none.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsubscribe", none.Text + none.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "2 of 9 have answered", "2 of 9 have started", "1 response was handed in", "And 3 more.", "listed for everybody")]
    [InlineData("es", "Han respondido 2 de 9", "Han comenzado 2 de 9", "1 respuesta entregada", "Y 3 más.", "aparece para todas las personas")]
    public void A_digest_says_how_many_have_answered_and_leaves_out_what_there_is_not(string language, params string[] said)
    {
        var link = new Uri("https://pl.example.org/");
        var mail = Templates.Write(
            new DigestMail(
                [
                    new("One", "Cedar", new DateOnly(2026, 10, 31), link, new(2, 9, IsAnonymous: false)), new("Two", "Cedar", null, link, new(2, 9, IsAnonymous: true)),
                    new("Three", "Cedar", null, link, new(1, null, IsAnonymous: false)), new("Four", "Cedar", null, link, ForEverybody: true),
                ],
                link, 3),
            MailLanguage.For(language), "Example State", null);

        Assert.All(said, text => Assert.Contains(text, mail.Text, StringComparison.Ordinal));
        Assert.All(said, text => Assert.Contains(text, System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal));
        Assert.Contains("\nTwo (Cedar)\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Cedar<br>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_that_grows_too_long_is_cut() =>
        Assert.Equal(Mail.SubjectMaxLength, Templates.Write(SampleMails.Closing(new string('x', 400)), MailLanguage.English, "Example State", null).Subject.Length);

    [Fact]
    public void A_name_that_the_model_has_not_is_a_mistake_and_no_empty_place() =>
        Assert.ThrowsAny<Exception>(() => Templates.Write(new Incomplete(), MailLanguage.English, "Example State", null));

    private static MailContent Write(MailKind kind, string language, string text) =>
        Templates.Write(SampleMails.All(text).Single(model => model.Kind == kind), MailLanguage.For(language), "Example State", Unsubscribe);

    private static bool IsNote(MailKind kind) => kind is MailKind.Invitation or MailKind.AccessRequest or MailKind.AccessDecision or MailKind.PlanNews;

    private static HashSet<string> NamesIn(string template) => Names().Matches(MailTemplates.Read(template)).Select(name => name.Groups["name"].Value).ToHashSet();

    [GeneratedRegex(@"\{\{(?:#if |#each )?(?<name>[a-zA-Z]+)\}\}(?<!\{\{else\}\})")]
    private static partial Regex Names();

    [GeneratedRegex("<a [^>]*>(?<text>.*?)</a>")]
    private static partial Regex Links();

    private sealed record Incomplete() : MailModel(MailKind.Invitation)
    {
        public override Dictionary<string, object?> Values(MailLanguage language) => new() { ["organization"] = "Cedar Valley" };
    }
}
