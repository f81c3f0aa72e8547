using FluentValidation;

namespace PLService.Api.Http;

/// <summary>An id that an organization or a person has outside the service.</summary>
/// <param name="System">Who gave it: <c>nces</c>, <c>state</c>, <c>sis</c>, ...</param>
/// <param name="Value">The id as text; leading zeros matter.</param>
public sealed record OutsideId(string System, string Value)
{
    /// <summary>The outside id in an address. The server leaves an encoded slash alone when it decodes the path.</summary>
    internal static OutsideId FromPath(string system, string value) => new(system, value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with an outside id that came in the address.</summary>
    internal IReadOnlyList<ApiFault> FaultsInPath(IValidator<OutsideId> rules) =>
        [.. Validation.ToFaults(rules.Validate(this)).Select(fault => fault with { Pointer = $"{{{fault.Pointer.TrimStart('/')}}}" })];
}
