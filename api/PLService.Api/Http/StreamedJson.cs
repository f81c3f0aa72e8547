namespace PLService.Api.Http;

/// <summary>JSON that is written while it is read from the database, however long it gets.</summary>
/// <param name="write">Writes it.</param>
internal sealed class StreamedJson(Func<Stream, CancellationToken, Task> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return write(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
