using PLService.Api.Domain;

namespace PLService.Api.Access.Providers;

/// <summary>A provider is away, or is not what it should be; the fault says which.</summary>
internal sealed class ProviderFaultException(DomainError fault, Exception? inner = null) : Exception(fault.Message, inner)
{
    public DomainError Fault => fault;
}
