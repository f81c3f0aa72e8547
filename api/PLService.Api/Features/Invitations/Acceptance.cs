using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Access.Providers;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>Makes a member of whoever accepts, and gives them a way in where they have none; all of it in one transaction, or nothing.</summary>
internal sealed class Acceptance(
    PLServiceDbContext db, Caller caller, InvitationDoor door, AcceptanceWays ways, LoginLinks links, RoleGiving giving, Passwords passwords, AuditTrail audit,
    TimeProvider clock)
{
    public async Task<(AcceptInvitation.Response? Accepted, JsonHttpResult<ApiProblem>? Refused)> RunAsync(Acceptor who, AcceptInvitation.Request request, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (held, closed) = await door.HoldAsync(ct);
        if (closed is not null)
            return (null, closed.ToConflict());
        var invitation = held!;
        await db.Database.ExecuteSqlAsync($"select 1 from pls.person where tenant_id = {db.TenantId} and id = {invitation.PersonId} for no key update", ct);
        var person = await db.People.SingleAsync(p => p.Id == invitation.PersonId, ct);
        var organization = await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == invitation.OrganizationId, ct);
        var today = organization?.Today(clock.GetUtcNow()) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (StandingInTheWay(person, organization, invitation, today) is { } gone)
            return (null, gone.ToConflict());

        // From here on it is the person's own doing.
        caller.Become(CallerIdentity.Person(db.TenantId, person.Id, who.PersonId == person.Id ? who.SessionId : null));
        var (by, refused) = await EnterAsync(who, request, invitation, person, ct);
        if (refused is not null)
            return (null, refused);
        var (membership, full) = await giving.GiveAsync(
            person, new(invitation.Role, invitation.OrganizationId), (invitation.StartsOn, invitation.EndsOn), today, invitation.Id, ct);
        if (membership is null)
            return (null, full!.ToConflict());

        invitation.Accept(clock.GetUtcNow());
        audit.Record("invitation.accepted", invitation.Id, invitation.OrganizationId, new { invitation.PersonId, by = EnumText.Of(by) });
        await db.SaveChangesAsync(ct);
        var slug = await db.Tenants.Select(tenant => tenant.Slug).SingleAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return (new(slug, person.Id, person.Email, membership.Id, invitation.Role, invitation.OrganizationId, by), null);
    }

    private static DomainError? StandingInTheWay(Person person, Organization? organization, Invitation invitation, DateOnly today) =>
        person.Status is not PersonStatus.Active ? InvitationErrors.PersonDeactivated
        : organization?.Status is OrganizationStatus.Closed ? InvitationErrors.OrganizationClosed
        : invitation.EndsOn < today ? InvitationErrors.Expired
        : null;

    private async Task<(AcceptedBy By, JsonHttpResult<ApiProblem>? Refused)> EnterAsync(
        Acceptor who, AcceptInvitation.Request request, Invitation invitation, Person person, CancellationToken ct)
    {
        if (who.IsSomebody && who.TenantId != db.TenantId)
            return (default, InvitationErrors.ForSomebodyElse.ToConflict());
        if (who.PersonId is { } signedIn)
        {
            return (AcceptedBy.Person, signedIn == person.Id ? null
                : (who.Login is null ? InvitationErrors.ForSomebodyElse : PersonLoginErrors.LinkedToAnother).ToConflict());
        }

        var open = await ways.OfAsync(invitation, ct);
        if (who.Login is { } login)
            return (AcceptedBy.Provider, await LinkAsync(login, open, request, invitation, person, ct));
        if (request.Password is not { } password)
            return (default, Problems.Invalid("/password", "value.required", "Choose a password, or send the access token of whoever accepts."));
        return (AcceptedBy.Password, await ChooseAsync(password, open, request, invitation, person, ct));
    }

    private async Task<JsonHttpResult<ApiProblem>?> LinkAsync(
        ProviderLogin login, Ways open, AcceptInvitation.Request request, Invitation invitation, Person person, CancellationToken ct)
    {
        if (!open.ByLogin)
            return InvitationErrors.SignInFirst.ToConflict();
        if (await ways.IsOutdatedAsync(invitation, ct))
            return InvitationErrors.RolesChanged.ToConflict();
        Name(person, login.Name ?? request.Name);
        return (await links.LinkAsync(login, person.Id, "invitation", ct))?.ToConflict();
    }

    private async Task<JsonHttpResult<ApiProblem>?> ChooseAsync(
        string password, Ways open, AcceptInvitation.Request request, Invitation invitation, Person person, CancellationToken ct)
    {
        if (!open.ByPassword)
            return (await db.Tenants.AnyAsync(tenant => tenant.LocalAccounts, ct) ? InvitationErrors.SignInFirst : AccountErrors.LocalAccountsOff).ToConflict();
        if (await ways.IsOutdatedAsync(invitation, ct))
            return InvitationErrors.RolesChanged.ToConflict();
        Name(person, request.Name);
        var tenant = await db.Tenants.Select(t => new { t.Name, t.Slug }).SingleAsync(ct);
        if (PasswordRules.Fault(password, [person.Name, person.Email?.Split('@')[0], tenant.Name, tenant.Slug]) is { } fault)
            return fault.ToFault("/password");

        var account = await db.Accounts.SingleOrDefaultAsync(a => a.PersonId == person.Id, ct);
        if (account is null)
        {
            db.Add(account = Account.Create(person.Id, clock.GetUtcNow()));
            audit.Record("account.created", person.Id, person.OrganizationId, new { reason = "invitation" });
        }

        account.SetPassword(await passwords.HashAsync(password, ct), clock.GetUtcNow());
        audit.Record("account.passwordSet", person.Id, person.OrganizationId, new { reason = "invitation" });
        // A first password was chosen: links that were made for that have no force any more.
        await db.AccountTickets.Where(ticket => ticket.PersonId == person.Id && (ticket.Kind == TicketKind.FirstPassword || ticket.Kind == TicketKind.PasswordReset)).ExecuteDeleteAsync(ct);
        return null;
    }

    private void Name(Person person, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || !EmailAddress.AreSame(person.Name, person.Email))
            return;
        person.Change(person.Details() with { Name = name.Trim() });
        audit.Record("person.changed", person.Id, person.OrganizationId, new { changed = new[] { "name" } });
    }
}
