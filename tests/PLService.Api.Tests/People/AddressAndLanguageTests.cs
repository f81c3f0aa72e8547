using PLService.Api.Domain;
using PLService.Api.Domain.People;

namespace PLService.Api.Tests.People;

public sealed class AddressAndLanguageTests
{
    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("a.b+c_d'e@sub.example.co", true)]
    [InlineData("zoë@exämple.org", true)]
    [InlineData("", false)]
    [InlineData("ada", false)]
    [InlineData("@example.org", false)]
    [InlineData("ada@", false)]
    [InlineData("ada@example", false)]
    [InlineData("ada@@example.org", false)]
    [InlineData("ada@b@example.org", false)]
    [InlineData(" ada@example.org", false)]
    [InlineData("ada @example.org", false)]
    [InlineData("ada@example.org ", false)]
    [InlineData("ada@example.org\r\nBcc: b@example.org", false)]
    [InlineData("ada\u0000@example.org", false)]
    [InlineData("ada\u200b@example.org", false)]
    [InlineData("zoe\u0308@example.org", false)]
    [InlineData(".ada@example.org", false)]
    [InlineData("ada.@example.org", false)]
    [InlineData("a..b@example.org", false)]
    [InlineData("ada@-example.org", false)]
    [InlineData("ada@example..org", false)]
    [InlineData("\"a b\"@example.org", false)]
    [InlineData("Ada <ada@example.org>", false)]
    public void An_address_is_one_address(string address, bool valid) => Assert.Equal(valid, EmailAddress.IsValid(address));

    [Fact]
    public void An_address_is_not_longer_than_mail_carries()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('x', 62), 3)) + ".xy";
        Assert.True(EmailAddress.IsValid($"{new string('a', EmailAddress.MaxLength - domain.Length - 1)}@{domain}"));
        Assert.False(EmailAddress.IsValid($"{new string('a', EmailAddress.MaxLength - domain.Length)}@{domain}"));
        Assert.False(EmailAddress.IsValid($"{new string('a', 65)}@example.org"));
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("haw", true)]
    [InlineData("zh-Hant", true)]
    [InlineData("es-419", true)]
    [InlineData("pt-BR", true)]
    [InlineData("sr-Latn-RS", true)]
    [InlineData("de-CH-1996", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("english", false)]
    [InlineData("en_US", false)]
    [InlineData("en-", false)]
    [InlineData("en-x-private", false)]
    [InlineData("en\n", false)]
    [InlineData("en-USA1-Latn-GB-extra-long-and-longer-still", false)]
    public void A_language_is_a_tag(string tag, bool valid) => Assert.Equal(valid, LanguageTag.IsValid(tag));
}
