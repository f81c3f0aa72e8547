using PLService.Api.Domain;

namespace PLService.Api.Tests.Domain.Mails;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@b.co")]
    [InlineData("ana.o'neil+pl@mail.cedar.k12.example.org")]
    [InlineData("josé@españa.example")]
    public void What_can_be_written_to_is_an_address(string address) => Assert.True(EmailAddress.IsValid(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a@b")]
    [InlineData("a@@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@example.org>\r\nRCPT TO:<b@example.org")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("Ana <a@example.org>")]
    [InlineData("\"a b\"@example.org")]
    [InlineData(".a@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("a@-example.org")]
    [InlineData("a@example..org")]
    [InlineData("a@example.org\n")]
    public void What_could_end_an_address_or_begin_another_is_none(string? address) => Assert.False(EmailAddress.IsValid(address));

    [Fact]
    public void Longer_than_mail_servers_take_is_none()
    {
        Assert.False(EmailAddress.IsValid(new string('a', 65) + "@example.org"));
        Assert.False(EmailAddress.IsValid("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org"));
    }
}
