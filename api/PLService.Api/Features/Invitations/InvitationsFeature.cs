using PLService.Api.Http;

namespace PLService.Api.Features.Invitations;

internal static class InvitationsFeature
{
    public static void AddInvitations(this IServiceCollection services) =>
        services.AddScoped<InvitationDesk>().AddScoped<InvitationPlan>().AddScoped<InvitationDoor>().AddScoped<Acceptance>().AddScoped<AcceptanceWays>();

    /// <summary>Who is asked to come in, and how one does: what is not listed here is not served.</summary>
    public static void MapInvitations(this RouteGroupBuilder v1)
    {
        var invitations = v1.MapGroup("/invitations").WithTags("Invitations");
        CreateInvitations.Map(invitations);
        ListInvitations.Map(invitations);
        GetInvitation.Map(invitations);
        ResendInvitation.Map(invitations);
        RevokeInvitation.Map(invitations);
        LookUpInvitation.Map(invitations);
        AcceptInvitation.Map(invitations);
    }

    /// <summary>
    /// For whoever has the secret, signed in or not, at a measured pace. It brings its own transactions: its tenant is the one of the secret, and
    /// not that of a token that comes along.
    /// </summary>
    public static RouteHandlerBuilder WithSecret(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().Transaction(TransactionKind.OwnAlways).LimitSignIns();
}
