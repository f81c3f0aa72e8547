using System.Text;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Instruments;

public sealed class InstrumentHashTests
{
    private const string Json = """
        {"code":"two","version":"1","title":{"en":"Two","es":"Dos"},"marksPerParticipant":1,
         "scales":[{"code":"s","title":{"en":"S"},"direction":"bestLast","levels":[
           {"code":"no","label":{"en":"No"},"score":-0.0},{"code":"yes","label":{"en":"Yes"},"score":1.50,"favorable":true}]}],
         "axes":[{"code":"a","title":{"en":"A"},"scale":"s"}],
         "sections":[{"code":"S","title":{"en":"S"},"items":[{"code":"I","text":{"en":"I"}}]}]}
        """;

    // The same document as a database might give it back: other order, other number forms.
    private const string Reordered = """
        {"axes":[{"scale":"s","title":{"en":"A"},"code":"a"}],
         "sections":[{"items":[{"text":{"en":"I"},"code":"I"}],"title":{"en":"S"},"code":"S"}],
         "title":{"es":"Dos","en":"Two"},"version":"1","code":"two","marksPerParticipant":1,"description":null,
         "scales":[{"levels":[{"score":0,"label":{"en":"No"},"code":"no","favorable":false},
           {"favorable":true,"score":1.5,"code":"yes","label":{"en":"Yes"}}],"direction":"bestLast","title":{"en":"S"},"code":"s"}]}
        """;

    [Fact]
    public void The_hash_does_not_depend_on_how_the_document_was_written() =>
        Assert.Equal(InstrumentHash.Of(InstrumentJson.Read(Json)), InstrumentHash.Of(InstrumentJson.Read(Reordered)));

    [Fact]
    public void The_hash_changes_with_any_content()
    {
        var document = InstrumentJson.Read(Json);

        Assert.NotEqual(InstrumentHash.Of(document),
            InstrumentHash.Of(document with { Title = new Text { ["en"] = "Two", ["es"] = "Dós" } }));
        Assert.NotEqual(InstrumentHash.Of(document), InstrumentHash.Of(document with { MarksPerParticipant = null }));
    }

    [Fact]
    public void Canonical_json_is_sorted_and_has_no_white_space() =>
        Assert.Equal(
            """
            {"axes":[{"code":"a","scale":"s","title":{"en":"A"}}],"code":"two","marksPerParticipant":1,
            "scales":[{"code":"s","direction":"bestLast","levels":[
            {"code":"no","commentRequired":false,"favorable":false,"label":{"en":"No"},"score":0},
            {"code":"yes","commentRequired":false,"favorable":true,"label":{"en":"Yes"},"score":1.5}],"title":{"en":"S"}}],
            "sections":[{"code":"S","items":[{"code":"I","text":{"en":"I"}}],"title":{"en":"S"}}],
            "title":{"en":"Two","es":"Dos"},"version":"1"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(InstrumentHash.CanonicalJson(InstrumentJson.Read(Json))));
}
