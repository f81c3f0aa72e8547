namespace PLService.Api.Domain.Toolkits;

/// <summary>Answers by the key of their field; null empties one.</summary>
internal sealed class FieldValues() : Dictionary<string, string?>(StringComparer.Ordinal);

