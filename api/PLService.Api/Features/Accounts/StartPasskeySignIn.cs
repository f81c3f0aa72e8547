using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>Gives what a browser asks an authenticator in order to sign in. Nobody need be named: the passkey knows whose it is.</summary>
internal static class StartPasskeySignIn
{
    /// <param name="Tenant">The tenant's short name.</param>
    public sealed record Request(string Tenant);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Tenant).NotEmpty().MaximumLength(Tenant.SlugMaxLength);
    }

    public static void Map(RouteGroupBuilder signIn) =>
        signIn.MapPost("/passkey/options", Handle)
            .UseCase(nameof(StartPasskeySignIn), "Begin to sign in with a passkey")
            .Anonymously()
            .Validate<Request>()
            .MayNotExist()
            .Refuses(AccountErrors.LocalAccountsOff)
            .Example(new Request("example-state"), PasskeyOptions.Sample);

    private static async Task<Results<Ok<PasskeyOptions>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, SignInDesk desk, PasskeyDesk passkeys, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await desk.EnterAsync(request.Tenant, ct))
            return Problems.NotFound("tenant");
        if (await desk.ClosedAsync(ct) is { } closed)
            return closed.ToConflict();

        var options = await passkeys.AskToSignInAsync(ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(options);
    }
}
