using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>
/// What an invitation is about and how it can be accepted, for the page that its link leads to. The secret goes in the body, so that it gets into no
/// log; it stays good.
/// </summary>
internal static class LookUpInvitation
{
    /// <param name="Token">What stands in the link behind <c>#token=</c>.</param>
    public sealed record Request(string Token);

    /// <param name="Tenant">The tenant's short name, to sign in with.</param>
    /// <param name="TenantName">The tenant's name.</param>
    /// <param name="InvitedBy">Who invites; null when it was not a person.</param>
    /// <param name="Name">Who is invited; an address where no name is known yet.</param>
    /// <param name="Email">The address of the person who is invited.</param>
    /// <param name="Language">What the person wants to read.</param>
    /// <param name="Role">The role.</param>
    /// <param name="OrganizationName">Where; null is the whole tenant.</param>
    /// <param name="Note">What whoever invites wrote.</param>
    /// <param name="ExpiresAt">Until when it can be accepted.</param>
    /// <param name="ByPassword">Whether it can be accepted by choosing a password.</param>
    /// <param name="ByProvider">Whether it can be accepted with an access token of one of the providers that is linked to nobody yet. Who is invited
    /// and signed in, in whatever way, can always accept.</param>
    /// <param name="Providers">The tenant's identity providers; <c>GET /v1/sign-in</c> says how to get a token of theirs.</param>
    public sealed record Response(
        string Tenant, string TenantName, string? InvitedBy, string Name, string? Email, string Language, Role Role, string? OrganizationName, string? Note, DateTimeOffset ExpiresAt,
        bool ByPassword, bool ByProvider, IReadOnlyList<InvitationProvider> Providers);

    /// <param name="Id">The service's id.</param>
    /// <param name="Name">What people read on the button.</param>
    /// <param name="Issuer">Whose tokens they are.</param>
    public sealed record InvitationProvider(Guid Id, string Name, string Issuer);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(SecretText.MaxLength);
    }

    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapPost("/lookup", Handle)
            .UseCase(nameof(LookUpInvitation), "See what an invitation is about")
            .WithSecret()
            .Validate<Request>()
            .Refuses(InvitationErrors.BadLink, InvitationErrors.Expired, InvitationErrors.Revoked, InvitationErrors.Accepted)
            .Example(new Request("pli_AaKzxAAA..."), new Response(
                "example-state", "Example State", "Pat Lee", "Ada Moreno", "ada.moreno@example.org", "en", Role.Facilitator, "Cedar Valley School District", "Welcome aboard.",
                InvitationResponse.Sample.ExpiresAt, true, true, [new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000400"), "Example State sign-in", "https://login.example.org")]));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, InvitationDoor door, AcceptanceWays ways, PLServiceDbContext db, CancellationToken ct)
    {
        if (!door.Enter(request.Token))
            return InvitationErrors.BadLink.ToConflict();
        var (found, refused) = await door.FindAsync(ct);
        if (refused is not null)
            return refused.ToConflict();

        var invitation = found!;
        var open = await ways.OfAsync(invitation, ct);
        return TypedResults.Ok(await db.People.Where(person => person.Id == invitation.PersonId)
            .Select(person => new Response(
                db.Tenants.Select(tenant => tenant.Slug).First(),
                db.Tenants.Select(tenant => tenant.Name).First(),
                db.People.Where(inviter => inviter.Id == invitation.InvitedByPersonId).Select(inviter => inviter.Name).FirstOrDefault(),
                person.Name,
                person.Email,
                person.Language,
                invitation.Role,
                db.Organizations.Where(o => o.Id == invitation.OrganizationId).Select(o => o.Name).FirstOrDefault(),
                invitation.Note,
                invitation.ExpiresAt,
                open.ByPassword,
                open.ByLogin,
                db.IdentityProviders.Where(provider => provider.Status == IdentityProviderStatus.Active)
                    .OrderBy(provider => provider.Name).ThenBy(provider => provider.Id)
                    .Select(provider => new InvitationProvider(provider.Id, provider.Name, provider.Issuer)).ToList()))
            .SingleAsync(ct));
    }
}
