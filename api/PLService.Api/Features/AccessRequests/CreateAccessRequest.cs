using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>
/// Asks for a role. For people, and, where the tenant allows it, for whoever is signed in with one of its identity providers and known to nobody here: name
/// and address are kept then as the provider says. Those who can give the role there are written to. You can have 5 open requests, one for a role in
/// a place, and make 20 a day.
/// </summary>
internal static class CreateAccessRequest
{
    /// <param name="Role">The role.</param>
    /// <param name="Reason">Why, 1,000 characters at most: whoever decides reads it.</param>
    /// <param name="Organization">Where, with everything below; left out is the whole tenant.</param>
    public sealed record Request(Role Role, string Reason, PlaceReference? Organization = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Role).IsInEnum();
            RuleFor(request => request.Reason).NotEmpty().MaximumLength(AccessRequest.ReasonMaxLength);
            RuleFor(request => request.Organization).SetValidator(new PlaceReferenceValidator()!);
        }
    }

    public static void Map(RouteGroupBuilder requests) =>
        requests.MapPost("/", Handle)
            .UseCase(nameof(CreateAccessRequest), "Ask for a role")
            .RequireSomebody()
            .Validate<Request>()
            .Refuses(
                AccessRequestErrors.NotTaken, AccessRequestErrors.UnknownOrganization, AccessRequestErrors.OrganizationClosed, AccessRequestErrors.AlreadyOpen,
                AccessRequestErrors.AlreadyMember, AccessRequestErrors.TooMany)
            .Example(
                new Request(AccessRequestResponse.Sample.Role, AccessRequestResponse.Sample.Reason, new(System: "nces", Value: "9900010")), AccessRequestResponse.Sample);

    private static async Task<Results<Created<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AskerDesk desk, RequestMail mail, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.WhoAsync(ct) is not { } asker)
            return AccessRequestErrors.NotTaken.ToConflict();
        // Not only where the caller reaches: one asks because one does not.
        var place = request.Organization is { } named ? await db.Organizations.NamedAsync(db, named, ct) : null;
        if (request.Organization is not null && place is null)
            return AccessRequestErrors.UnknownOrganization.ToConflict();
        if (place?.Status is OrganizationStatus.Closed)
            return AccessRequestErrors.OrganizationClosed.ToConflict();
        if (await desk.RefusesAsync(request.Role, place?.Id, ct) is { } refused)
            return refused.ToConflict();

        var made = AccessRequest.Create(asker, request.Role, place?.Id, request.Reason);
        db.Add(made);
        audit.Record("accessRequest.created", made.Id, made.OrganizationId, new { made.PersonId, made.ProviderId, Role = EnumText.Of(made.Role) });
        await mail.AskAsync(made, place, ct);
        if (await db.TrySaveAsync(AccessRequestErrors.AlreadyOpen, ct) is { } open)
            return open.ToConflict();
        return TypedResults.Created(
            $"/v1/me/access-requests/{made.Id}", await db.AccessRequests.Where(r => r.Id == made.Id).Select(AccessRequestResponse.From(db)).SingleAsync(ct));
    }
}
