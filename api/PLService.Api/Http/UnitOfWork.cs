using System.Security.Cryptography;
using System.Text;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Http;

/// <summary>
/// One transaction per changing request: it is committed when the answer is a success and rolled back otherwise, and only then does
/// the answer leave. With an Idempotency-Key the answer is stored in the same transaction, so that a repetition gets the same one.
/// </summary>
internal sealed class UnitOfWork(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Caller caller)
    {
        if (!IsWanted(context, caller))
        {
            await next(context);
            return;
        }

        // Not before they are needed: to make a context takes longer than a small read does.
        var db = context.RequestServices.GetRequiredService<PLServiceDbContext>();
        var store = context.RequestServices.GetRequiredService<IdempotencyStore>();

        var key = context.Request.Headers[IdempotencyStore.Header].ToString();
        if (key.Length > IdempotencyStore.KeyMaxLength)
        {
            await Problems.WriteAsync(context, 400, "idempotency.bad_key", $"An Idempotency-Key has at most {IdempotencyStore.KeyMaxLength} characters.");
            return;
        }

        if (key.Length > 0 && context.GetEndpoint()?.Metadata.GetMetadata<NotRepeatable>() is not null)
        {
            await Problems.WriteAsync(context, 400, "idempotency.not_repeatable",
                "This answer holds a secret that is never stored, so it cannot be given twice; leave the Idempotency-Key out.");
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
        byte[]? hash = null;
        if (key.Length > 0)
        {
            hash = await HashAsync(context.Request);
            if (await store.AnswerRepetitionAsync(context, key, hash))
                return;
        }

        var body = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
            if (context.Response.StatusCode < 400)
            {
                if (hash is not null)
                    await store.SaveAsync(context, key, hash, buffer.ToArray());
                // The effect is whole now: a caller who hangs up at this moment must not undo it by half.
                await transaction.CommitAsync(CancellationToken.None);
            }
        }
        finally
        {
            context.Response.Body = body;
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(body, context.RequestAborted);
    }

    private static bool IsWanted(HttpContext context, Caller caller)
    {
        if (!caller.IsKnown || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return false;
        return context.GetEndpoint()?.Metadata.GetMetadata<Transaction>()?.Kind switch
        {
            TransactionKind.OwnAlways => false,
            TransactionKind.OwnUnlessRepeatable => context.Request.Headers.ContainsKey(IdempotencyStore.Header),
            _ => true,
        };
    }

    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
            hash.AppendData(chunk, 0, read);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

/// <summary>How an endpoint differs from "one transaction around the whole request".</summary>
internal enum TransactionKind
{
    /// <summary>It brings its own, for example because it streams a long upload.</summary>
    OwnAlways,

    /// <summary>It is one batch and atomic by itself; it joins the request's transaction only when an Idempotency-Key asks for one.</summary>
    OwnUnlessRepeatable,
}

/// <summary>Endpoint metadata; see <see cref="TransactionKind"/>.</summary>
internal sealed record Transaction(TransactionKind Kind);
