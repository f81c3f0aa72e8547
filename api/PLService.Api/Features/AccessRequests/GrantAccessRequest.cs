using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>
/// Grants a request: gives the role that is asked for, or another one, or elsewhere. Somebody whom only an identity provider knows becomes a person, with
/// name and address as the provider says, and is that person with the next request. Where a person has the address already, you have to say that it is
/// the same person, with <c>personId</c>: an address alone is no proof.
/// </summary>
internal static class GrantAccessRequest
{
    /// <param name="Note">What the asker is to read, 1,000 characters at most.</param>
    /// <param name="PersonId">Who the asker is, where only an identity provider knows: a person of yours, whose roles you could give.</param>
    /// <param name="Role">The role to give; the one that is asked for unless given.</param>
    /// <param name="Organization">Where to give it; where it is asked for unless given.</param>
    /// <param name="StartsOn">The first day, in the organization's time zone; always unless given.</param>
    /// <param name="EndsOn">The last day; for good unless given.</param>
    public sealed record Request(
        string? Note = null, Guid? PersonId = null, Role? Role = null, PlaceReference? Organization = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Note).Length(1, AccessRequest.NoteMaxLength);
            RuleFor(request => request.PersonId).NotEqual(Guid.Empty);
            RuleFor(request => request.Role).IsInEnum();
            RuleFor(request => request.Organization).SetValidator(new PlaceReferenceValidator()!);
            RuleFor(request => request.EndsOn).Must((request, ends) => ends is null || request.StartsOn is null || request.StartsOn <= ends)
                .WithErrorCode("value.out_of_range").WithMessage("The last day lies before the first.");
        }
    }

    public static void Map(RouteGroupBuilder requests) =>
        requests.MapPost("/{id:guid}/grant", Handle)
            .UseCase(nameof(GrantAccessRequest), "Grant a request for a role")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(
                AccessRequestErrors.Decided, AccessRequestErrors.UnknownOrganization, AccessRequestErrors.OrganizationClosed, MembershipErrors.BeyondYourReach,
                AccessRequestErrors.AddressTaken, AccessRequestErrors.UnknownPerson, AccessRequestErrors.PersonBeyondYourReach, AccessRequestErrors.PersonDeactivated,
                MembershipErrors.TooMany)
            .Example(new Request("Welcome."), AccessRequestResponse.Granted with { Note = "Welcome." });

    private static async Task<Results<Ok<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, DecisionDesk desk, Granting granting, PLServiceDbContext db, CancellationToken ct)
    {
        var (asked, refused) = await desk.HoldAsync(id, ifMatch, ct);
        if (asked is null)
            return refused!;
        if (asked.Status is not AccessRequestStatus.Open)
            return AccessRequestErrors.Decided.ToConflict();
        if (await granting.RunAsync(asked, request, ct) is { } conflict)
            return conflict.ToConflict();
        return TypedResults.Ok(await db.AccessRequests.Where(r => r.Id == id).Select(AccessRequestResponse.From(db)).SingleAsync(ct));
    }
}
