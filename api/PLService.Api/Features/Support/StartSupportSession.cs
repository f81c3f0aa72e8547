using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Support;

/// <summary>
/// For those who run the service: a token to look into a tenant that grants it at present. It is good for 15 minutes and only while the
/// grant lasts. Operators and their keys are settings of the service; <c>plservice operator-key</c> makes one.
/// </summary>
internal static class StartSupportSession
{
    /// <param name="Operator">Who looks: a name from the service's settings.</param>
    /// <param name="Key">The operator's key.</param>
    /// <param name="Tenant">The tenant's short name.</param>
    public sealed record Request(string Operator, string Key, string Tenant);

    /// <param name="AccessToken">Send it as <c>Authorization: Bearer</c>.</param>
    /// <param name="ExpiresInSeconds">For how long it is good.</param>
    /// <param name="SupportGrantId">The grant that it stands on.</param>
    public sealed record Response(string AccessToken, int ExpiresInSeconds, Guid SupportGrantId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Operator).NotEmpty().MaximumLength(SupportOperators.NameMaxLength);
            RuleFor(request => request.Key).NotEmpty().MaximumLength(200);
            RuleFor(request => request.Tenant).NotEmpty().MaximumLength(40);
        }
    }

    public static void Map(RouteGroupBuilder sessions) =>
        sessions.MapPost("/", Handle)
            .UseCase(nameof(StartSupportSession), "Start a support session")
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(SupportErrors.NotGranted)
            .Fails(401, "support.unknown_operator", "There is no such operator, or the key is wrong.")
            .Example(new Request("jordan", "plo_...", "example-state"), new Response("eyJhbGciOi...", Tokens.LifetimeSeconds, SupportGrantResponse.Sample.Id));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, SupportOperators operators, Door door, Tokens tokens, Caller caller, IServiceProvider services, TimeProvider clock, CancellationToken ct)
    {
        if (!operators.Knows(request.Operator, request.Key))
            return Problems.Result(401, "support.unknown_operator", "There is no such operator, or the key is wrong.");
        if (await door.TenantOfSlugAsync(request.Tenant, ct) is not { } tenant)
            return SupportErrors.NotGranted.ToConflict();

        caller.Become(CallerIdentity.Service(tenant));
        var now = clock.GetUtcNow();
        var grant = await services.GetRequiredService<PLServiceDbContext>().SupportGrants
            .Where(g => g.EndedAt == null && g.ExpiresAt > now).OrderByDescending(g => g.ExpiresAt).Select(g => (Guid?)g.Id).FirstOrDefaultAsync(ct);
        return grant is { } id
            ? TypedResults.Ok(new Response(tokens.IssueSupport(tenant, id, request.Operator), Tokens.LifetimeSeconds, id))
            : SupportErrors.NotGranted.ToConflict();
    }
}
