using System.Text;
using PLService.Api.Access.Accounts;

namespace PLService.Api.Tests.Accounts;

/// <summary>Codes are those that every authenticator app makes.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.Code(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_key_is_written_in_Base32(string key, string text) => Assert.Equal(text, Totp.Write(Encoding.ASCII.GetBytes(key)));

    [Fact]
    public void A_code_is_good_for_a_step_before_and_after_its_own_and_not_twice()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = Totp.StepAt(now);

        Assert.Equal([null, step - 1, step, step + 1, null], Enumerable.Range(-2, 5).Select(i => Totp.Find(Key, Totp.Code(Key, step + i), now, 0)));
        Assert.Null(Totp.Find(Key, Totp.Code(Key, step), now, step));
        Assert.Null(Totp.Find(Key, "", now, 0));
    }
}
