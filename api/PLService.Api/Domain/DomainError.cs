namespace PLService.Api.Domain;

/// <summary>A rule of the domain that refused a change.</summary>
/// <param name="Code">Stable and part of the contract: clients branch on it.</param>
/// <param name="Message">For people: what was found and what would be right.</param>
public sealed record DomainError(string Code, string Message);
