using PLService.Api.Domain.Assessments;

namespace PLService.Api.Tests.Domain;

/// <summary>What is drawn, and what is understood of what is typed.</summary>
public sealed class JoinCodeTests
{
    [Theory]
    [InlineData("K7M4QX", "K7M4QX")]
    [InlineData(" k7m-4qx ", "K7M4QX")]
    [InlineData("sz8Ou9", "528QV9")]
    [InlineData("K7M4Q", null)]
    [InlineData("K7M4QX2", null)]
    [InlineData("K7M4Q1", null)]
    [InlineData("K7M4Qß", null)]
    [InlineData("", null)]
    public void What_is_typed_is_read_as_it_was_meant(string typed, string? code) => Assert.Equal(code, JoinCode.Read(typed));

    [Fact]
    public void A_code_reads_as_itself_and_holds_nothing_that_is_taken_for_something_else()
    {
        for (var i = 0; i < 1000; i++)
        {
            var code = JoinCode.Draw();
            Assert.Equal(code, JoinCode.Read(code.ToLowerInvariant()));
            Assert.Equal(-1, code.IndexOfAny([.. "0O1ILSZBU"]));
        }
    }
}
