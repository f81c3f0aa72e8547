using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Tests.Toolkits;

public sealed class WorksheetMergeTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Ben = Guid.CreateVersion7();
    private static readonly DateTimeOffset Now = new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("new", 5L, true, false)]
    [InlineData("new", 4L, false, true)]
    [InlineData("old", 4L, false, false)]
    [InlineData("new", null, true, false)]
    [InlineData("", 5L, true, false)]
    [InlineData(null, 4L, false, true)]
    public void A_field_clashes_only_when_somebody_changed_it_to_something_else(string? text, long? seen, bool changes, bool clashes)
    {
        var value = new WorksheetValue { Field = "a" };
        value.Become(new WorksheetChange { Version = 5, Text = "old" });

        var (changed, clashing) = WorksheetMerge.Merge(new Dictionary<string, WorksheetValue> { ["a"] = value }, new Dictionary<string, string?> { ["a"] = text }, seen);

        Assert.Equal((changes, clashes), (changed.Count == 1, clashing.Count == 1));
    }

    [Fact]
    public void Answers_are_gathered_behind_what_the_team_wrote_and_nobodys_twice()
    {
        var first = Contribution.Gather("Ours.", [], [(Ada, "Ada's.", 1), (Ben, "Ben's.", 2)], Now)!.Value;
        Assert.Equal("Ours.\n\nAda's.\n\nBen's.", first.Text);
        Assert.Equal([(Ada, 1L), (Ben, 2L)], first.From.Select(from => (from.PersonId, from.Version)));

        Assert.Null(Contribution.Gather(first.Text, first.From, [(Ada, "Ada's.", 1), (Ben, "Ben's.", 2)], Now));
        var again = Contribution.Gather(first.Text, first.From, [(Ada, "Ada's.", 1), (Ben, "Ben's, anew.", 3)], Now)!.Value;
        Assert.Equal("Ours.\n\nAda's.\n\nBen's.\n\nBen's, anew.", again.Text);
        Assert.Equal([(Ada, 1L), (Ben, 3L)], again.From.Select(from => (from.PersonId, from.Version)));
    }

    [Theory]
    [InlineData("89504E470D0A1A0A00", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("5249464600000000574156450000", null)]
    [InlineData("3C73766720786D6C6E733D22", null)]
    [InlineData("", null)]
    public void An_image_is_told_by_its_first_bytes(string bytes, string? mediaType) => Assert.Equal(mediaType, ImageFormat.Of(Convert.FromHexString(bytes)));
}
