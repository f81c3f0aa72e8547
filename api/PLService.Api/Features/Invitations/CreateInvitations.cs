using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>
/// Invites one person or hundreds, each to a role that takes effect when they accept. Who has the address already is that person; who has not is added.
/// All entries are looked at before anything is written: when some are wrong, the answer is a 400 that names each of them with its place, and nobody is
/// invited; correct or leave out those, and send the list again. An entry for somebody who has the role there already changes nothing, and one that
/// repeats a pending invitation renews it: it gets a new link, and the old one loses its force. Links are shown once, and only with <c>deliver=link</c>;
/// with <c>deliver=mail</c> nobody but the person sees them. What you may do decides when you invite: an invitation stays good when your own role
/// ends later, until somebody takes it back.
/// </summary>
internal static class CreateInvitations
{
    /// <summary>How many entries a list may have.</summary>
    internal const int MaxEntries = 500;

    /// <param name="Invitations">Whom to invite, 1 to 500.</param>
    /// <param name="Deliver">How the links reach them: <c>mail</c> unless given.</param>
    /// <param name="ExpiresAt">Until when they can accept, 90 days from now at most; 14 days unless given.</param>
    public sealed record Request(
        IReadOnlyList<InvitationEntry> Invitations, InvitationDelivery Deliver = InvitationDelivery.Mail, DateTimeOffset? ExpiresAt = null);

    /// <param name="Results">What became of each entry, in the order of the list.</param>
    public sealed record Response(IReadOnlyList<InvitationResult> Results);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Invitations).NotEmpty();
            RuleFor(request => request.Invitations).Must(entries => entries.Count <= MaxEntries)
                .WithErrorCode("value.too_many").WithMessage($"At most {MaxEntries} invitations at a time.");
            RuleForEach(request => request.Invitations).NotNull().SetValidator(new InvitationEntryValidator()).When(request => request.Invitations.Count <= MaxEntries);
            RuleFor(request => request.Deliver).IsInEnum();
        }
    }

    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapPost("/", Handle)
            .UseCase(nameof(CreateInvitations), "Invite people")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(InvitationErrors.Taken)
            .Example(
                new Request([new("ada.moreno@example.org", Role.Facilitator, new(System: "nces", Value: "9900010"), "Ada Moreno", Note: "Welcome aboard.")]),
                new Response([InvitationResult.Sample]));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, InvitationPlan plan, InvitationDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (desk.ExpiryOf(request.ExpiresAt) is not { } expires)
            return InvitationFaults.BadExpiry.ToFault("/expiresAt");
        await desk.BeginAsync(ct);
        if (await plan.MakeAsync(request.Invitations, request.Deliver, ct) is { Count: > 0 } faults)
            return Problems.Invalid(faults);

        var results = new List<InvitationResult>();
        var letters = new List<InvitationLetter>();
        foreach (var planned in plan.Entries)
        {
            if (planned.IsMember)
            {
                results.Add(new(InvitationOutcome.AlreadyMember, planned.Entry.Email, planned.PersonId, null, null, null));
                continue;
            }

            var outcome = planned.Pending is null ? InvitationOutcome.Created : InvitationOutcome.Renewed;
            var invitation = planned.Pending ?? Invitation.Create(planned.PersonId, planned.Entry.Role, planned.Place?.Id);
            invitation.Describe(planned.Entry.Email, planned.Entry.StartsOn, planned.Entry.EndsOn, planned.Entry.Note);
            var link = desk.Renew(invitation, request.Deliver, expires);
            if (planned.Pending is null)
                db.Add(invitation);
            audit.Record(
                outcome is InvitationOutcome.Created ? "invitation.created" : "invitation.renewed", invitation.Id, invitation.OrganizationId,
                new { invitation.PersonId, Role = EnumText.Of(invitation.Role), deliver = EnumText.Of(request.Deliver) });
            letters.Add(new(invitation, planned.Recipient, planned.Place, link));
            results.Add(new(outcome, planned.Entry.Email, planned.PersonId, invitation.Id, request.Deliver is InvitationDelivery.Link ? link.AbsoluteUri : null, expires));
        }

        if (request.Deliver is InvitationDelivery.Mail)
            await desk.MailAsync(letters, ct);
        return await db.TrySaveAsync(InvitationErrors.Taken, ct) is { } taken ? taken.ToConflict() : TypedResults.Ok(new Response(results));
    }
}
