namespace PLService.Api.Features.Accounts;

/// <summary>Codes that stand in for an authenticator app, in the only answer that ever shows them.</summary>
/// <param name="RecoveryCodes">Each is good once: print them, or keep them where passwords are.</param>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes)
{
    internal static readonly RecoveryCodesResponse Sample = new(["k7wq-9mzd-4xhp-t2vc", "b3nf-hs8r-6yqk-w5ja"]);
}
