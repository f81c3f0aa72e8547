namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Why a package cannot be fetched from an address.</summary>
public static class CaseSourceFaults
{
    public static readonly DomainError AddressRefused =
        new("case.address_refused", "The address, or one that it leads to, is not https or does not lie in the public internet.");

    public static readonly DomainError Unreachable = new("case.unreachable", "The address cannot be reached.");
    public static readonly DomainError BadCertificate = new("case.bad_certificate", "The TLS certificate is not valid for the address's name.");
    public static readonly DomainError TooSlow = new("case.too_slow", "The file did not arrive within 60 seconds.");
    public static readonly DomainError Redirects = new("case.redirects", "The address leads on more than five times.");
    public static readonly DomainError NoFile = new("case.no_file", "There is no file at the address.");
    public static readonly DomainError TooLarge = new("case.too_large", "The file is larger than 100 MiB.");
}
