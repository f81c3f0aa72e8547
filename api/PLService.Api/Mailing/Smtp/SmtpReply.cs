namespace PLService.Api.Mailing.Smtp;

/// <summary>What the server said.</summary>
/// <param name="Code">Three digits (RFC 5321 section 4.2).</param>
/// <param name="Lines">The texts beside the code, one per line.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>It is about the connection and not about one mail: the service closes, or wants another sign-in.</summary>
    public bool EndsSession => Code is 421 or 530 or 534 or 535 or 538 or 454;

    public string Text => string.Join(' ', Lines).Trim();
}

/// <summary>The server cannot be used at the moment, whatever the mail; it says nothing about the recipient.</summary>
internal sealed class SmtpUnavailableException(string code, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Stable: <c>smtp.unreachable</c>, <c>smtp.timeout</c>, ...</summary>
    public string Code { get; } = code;
}

/// <summary>What became of one mail.</summary>
/// <param name="Verdict">In short.</param>
/// <param name="Code">The server's code as <c>smtp.550</c>; empty when it was taken.</param>
/// <param name="Detail">What the server said.</param>
internal sealed record SmtpOutcome(SmtpVerdict Verdict, string Code, string Detail)
{
    public static readonly SmtpOutcome Accepted = new(SmtpVerdict.Accepted, "", "");

    /// <summary>4xx is for another time, 5xx for good.</summary>
    public static SmtpOutcome Refused(SmtpReply reply) => new(reply.Code >= 500 ? SmtpVerdict.Refused : SmtpVerdict.Deferred, $"smtp.{reply.Code}", reply.Text);
}

internal enum SmtpVerdict
{
    Accepted,
    Deferred,
    Refused,
}
