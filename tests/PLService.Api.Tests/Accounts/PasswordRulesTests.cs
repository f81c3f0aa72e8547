using PLService.Api.Access.Accounts;

namespace PLService.Api.Tests.Accounts;

/// <summary>Which passwords are taken.</summary>
public sealed class PasswordRulesTests
{
    private static readonly string?[] Context = ["ada.moreno", "Ada Moreno", "Cedar Valley School District", "cedar-valley"];

    [Theory]
    [InlineData("seven quiet herons at dusk")]
    [InlineData("tinker omelet vase gravel")]
    [InlineData("correct horse, wrong stable")]
    [InlineData("вечером шесть цапель")]
    [InlineData("夕方に七羽の鷺が静かに立つ")]
    [InlineData("x8#vQ2!kLp0z")]
    [InlineData("teacher school monday coffee spoon")]
    [InlineData("ada moreno paints herons")]
    public void Long_ones_of_any_kind_are(string password) => Assert.Null(PasswordRules.Fault(password, Context));

    [Theory]
    [InlineData("elevenchars", "password.too_short")]
    [InlineData("🦩🦩🦩", "password.too_short")]
    [InlineData("Password1234", "password.common")]
    [InlineData("P@ssw0rd1234!", "password.common")]
    [InlineData("passwordpassword", "password.common")]
    [InlineData("Summer2026!!", "password.common")]
    [InlineData("iloveyou1234", "password.common")]
    [InlineData("123456789012", "password.common")]
    [InlineData("qwertyuiopas", "password.common")]
    [InlineData("aaaaaaaaaaaaaa", "password.common")]
    [InlineData("abcabcabcabcabc", "password.common")]
    [InlineData("zyxwvutsrqponm", "password.common")]
    [InlineData("correct horse battery staple", "password.common")]
    [InlineData("ada.moreno2026", "password.contextual")]
    [InlineData("CedarValley01!", "password.contextual")]
    [InlineData("plservice-2026", "password.contextual")]
    public void What_is_guessed_first_is_not(string password, string code) => Assert.Equal(code, PasswordRules.Fault(password, Context)?.Code);

    [Fact]
    public void The_length_is_counted_in_characters_that_people_see_typed()
    {
        Assert.Null(PasswordRules.Fault(string.Concat(Enumerable.Repeat("ab🦩de7", 21)) + "xy", []));
        Assert.Equal("password.too_long", PasswordRules.Fault(string.Concat(Enumerable.Repeat("abcdefgh", 16)) + "x", [])?.Code);
        // Twelve letters with marks, in their longest form.
        Assert.NotEqual("password.too_long", PasswordRules.Fault(string.Concat(Enumerable.Repeat("e\u0301u\u0308o\u0302", 42)), [])?.Code);
    }

    [Theory]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("a\u0323\u0307", "\u1EA1\u0307")]
    [InlineData("a\u0307\u0323", "\u1EA1\u0307")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u03B9\u0308\u0301", "\u0390")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")]
    public void Letters_are_composed_as_Unicode_says(string text, string composed) => Assert.Equal(composed, Nfc.Of(text));
}
