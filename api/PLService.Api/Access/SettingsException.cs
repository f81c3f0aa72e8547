namespace PLService.Api.Access;

/// <summary>A setting is missing or wrong; the message says which, and what would be right.</summary>
public sealed class SettingsException(string message) : Exception(message);
