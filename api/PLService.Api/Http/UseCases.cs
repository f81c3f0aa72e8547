using PLService.Api.Domain;

namespace PLService.Api.Http;

/// <summary>What an endpoint says of itself, for the contract and for the tests that keep the rules.</summary>
internal static class UseCases
{
    /// <summary>Names the operation (its OpenAPI id is the use case's class) and gives it its one-line summary; the class's XML summary becomes its description.</summary>
    public static RouteHandlerBuilder UseCase(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary);

    /// <summary>
    /// Maps a read whose request inherits members, as those of lists do from <see cref="PageRequest"/>. What binds requests to handlers is written at
    /// build time, but of <c>[AsParameters]</c> the generator reads only what a request declares itself. These are bound at run time, and not before the
    /// first request needs it: all of them together would take half of every start.
    /// </summary>
    public static RouteHandlerBuilder MapQuery(this RouteGroupBuilder group, string pattern, Delegate handler) =>
        RouteHandlerServices.Map(group, pattern, handler, [HttpMethods.Get], RequestDelegateFactory.InferMetadata, (method, options, inferred) =>
        {
            var bound = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(method, options, inferred).RequestDelegate);
            return new RequestDelegateResult(context => bound.Value(context), inferred?.EndpointMetadata ?? []);
        });

    /// <summary>The refusals of the domain that the endpoint can answer with, each 409 with its code.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params DomainError[] errors) =>
        endpoint.WithMetadata(new Refusals(errors));

    /// <summary>Why the endpoint signs nobody in: 401 with this code.</summary>
    public static RouteHandlerBuilder RefusesSignIn(this RouteHandlerBuilder endpoint, DomainError error) => endpoint.Fails(401, error.Code, error.Message);

    /// <summary>A failure that has another shape than a problem, because a standard gives it one.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, int status, string description, object example) =>
        endpoint.WithMetadata(new OwnFailure(status, description, example));

    /// <summary>A failure that does not follow from what the endpoint is made of, in the shape of every other.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, int status, string code, string description) =>
        endpoint.WithMetadata(new FurtherFailure(status, code, description));

    /// <summary>Examples for the contract: what one sends, and what one gets.</summary>
    public static RouteHandlerBuilder Example(this RouteHandlerBuilder endpoint, object? request = null, object? response = null) =>
        endpoint.WithMetadata(new Examples(request, () => response));

    /// <summary>What one gets, where the example is worked out from others: only whoever writes the contract waits for that, and no start.</summary>
    public static RouteHandlerBuilder ComputedExample(this RouteHandlerBuilder endpoint, Func<object> response) =>
        endpoint.WithMetadata(new Examples(null, response));

    /// <summary>Something that the query names may not exist or not be reached: 404, as it is for an id in the address.</summary>
    public static RouteHandlerBuilder MayNotExist(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new MayNotExist());

    /// <summary>See <see cref="Http.TransactionKind"/>.</summary>
    public static RouteHandlerBuilder Transaction(this RouteHandlerBuilder endpoint, TransactionKind kind) =>
        endpoint.WithMetadata(new Transaction(kind));

    /// <summary>A header of the service's own that successful answers carry.</summary>
    public static RouteHandlerBuilder AnswersWith(this RouteHandlerBuilder endpoint, string header, string description) =>
        endpoint.WithMetadata(new AnswerHeader(header, description));

    /// <summary>The answer holds a secret that is never stored, so it cannot be given again: an Idempotency-Key is refused.</summary>
    public static RouteHandlerBuilder NotRepeatable(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new NotRepeatable());
}

internal sealed record NotRepeatable;

internal sealed record AnswerHeader(string Name, string Description);

internal sealed record MayNotExist;

internal sealed record Refusals(DomainError[] Errors);

internal sealed record Examples(object? Request, Func<object?> Response);

internal sealed record FurtherFailure(int Status, string Code, string Description);

internal sealed record OwnFailure(int Status, string Description, object Example);
