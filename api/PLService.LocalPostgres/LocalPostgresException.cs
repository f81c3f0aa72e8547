namespace PLService.LocalPostgres;

/// <summary>No local PostgreSQL could be had; the message says what was tried and what to do.</summary>
public sealed class LocalPostgresException : Exception
{
    public LocalPostgresException()
    {
    }

    public LocalPostgresException(string message) : base(message)
    {
    }

    public LocalPostgresException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
