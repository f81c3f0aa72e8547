using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Http;

namespace PLService.Api.Features.Invitations;

/// <summary>How somebody accepted.</summary>
public enum AcceptedBy
{
    /// <summary>By choosing a password: <c>POST /v1/sign-in</c> takes it from now on.</summary>
    Password,

    /// <summary>With an identity provider, whose token means the person from now on.</summary>
    Provider,

    /// <summary>As the person, signed in already.</summary>
    Person,
}

/// <summary>
/// Accepts an invitation, once; the role counts with the next request. Send the access token of an identity provider of the tenant, which means the
/// invited person from now on; or the token of the invited person, who has a way in already; or no token and a password, which makes a local account.
/// Whoever has a way in has to use it: a link that was handed over adds no other, and one that came by mail adds a provider, but no password.
/// </summary>
internal static class AcceptInvitation
{
    /// <summary>What is longer is no password, and takes no time to hash.</summary>
    private const int PasswordMaxLength = 512;

    /// <param name="Token">What stands in the link behind <c>#token=</c>.</param>
    /// <param name="Password">Without a token: the password, 12 to 128 characters of any kind, not one of those that are guessed first.</param>
    /// <param name="Name">Your name, 200 characters at most; taken where only your address is known.</param>
    public sealed record Request(string Token, string? Password = null, string? Name = null);

    /// <param name="Tenant">The tenant's short name, to sign in with.</param>
    /// <param name="PersonId">You.</param>
    /// <param name="Email">Your address, to sign in with.</param>
    /// <param name="MembershipId">The role that you have now.</param>
    /// <param name="Role">Which it is.</param>
    /// <param name="OrganizationId">Where, with everything below; null is the whole tenant.</param>
    /// <param name="AcceptedBy">How you are known now.</param>
    public sealed record Response(string Tenant, Guid PersonId, string? Email, Guid MembershipId, Role Role, Guid? OrganizationId, AcceptedBy AcceptedBy);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Token).NotEmpty().MaximumLength(SecretText.MaxLength);
            RuleFor(request => request.Password).Length(1, PasswordMaxLength);
            RuleFor(request => request.Name).Length(1, Person.NameMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapPost("/accept", Handle)
            .UseCase(nameof(AcceptInvitation), "Accept an invitation")
            .WithSecret()
            .Validate<Request>()
            .Fails(401, "auth.unauthenticated", "A token was sent that is not valid (any more); sign in anew, or send none.")
            .Refuses(
                InvitationErrors.BadLink, InvitationErrors.Expired, InvitationErrors.Revoked, InvitationErrors.Accepted, InvitationErrors.PersonDeactivated,
                InvitationErrors.OrganizationClosed, InvitationErrors.ForSomebodyElse, InvitationErrors.SignInFirst, InvitationErrors.RolesChanged,
                PersonLoginErrors.LinkedToAnother, AccountErrors.LocalAccountsOff, MembershipErrors.TooMany)
            .Example(
                new Request("pli_AaKzxAAA...", "seven quiet herons at dusk"),
                new Response(
                    "example-state", InvitationResponse.Sample.PersonId, InvitationResponse.Sample.Email, Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"),
                    InvitationResponse.Sample.Role, InvitationResponse.Sample.OrganizationId, AcceptedBy.Password));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, Caller caller, InvitationDoor door, Acceptance acceptance, CancellationToken ct)
    {
        if (Acceptor.Of(context, caller) is not { } who)
        {
            return context.Features.Get<TokenRefusal>() is { } refusal
                ? Problems.Result(refusal.Status, refusal.Code, refusal.Detail)
                : Problems.Result(401, "auth.unauthenticated", "The access token is not valid (any more); sign in anew, or send none.");
        }

        if (who.IsSomebody && request.Password is not null)
            return InvitationFaults.PasswordNotTaken.ToFault("/password");
        if (!door.Enter(request.Token))
            return InvitationErrors.BadLink.ToConflict();
        var (accepted, refused) = await acceptance.RunAsync(who, request, ct);
        return accepted is not null ? TypedResults.Ok(accepted) : refused!;
    }
}
