using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>How a person comes in through identity providers, the oldest link first. Reading is put on record.</summary>
internal static class ListPersonLogins
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    /// <param name="Id">The link.</param>
    /// <param name="ProviderId">The identity provider.</param>
    /// <param name="ProviderName">What people call it.</param>
    /// <param name="Subject">Who the person is to it.</param>
    /// <param name="LinkedAt">Since when the two are the same.</param>
    public sealed record Response(Guid Id, Guid ProviderId, string ProviderName, string Subject, DateTimeOffset LinkedAt)
    {
        internal static readonly Response Sample = new(
            Guid.Parse("01a2b3c4-0000-7000-8000-000000000330"), IdentityProviderResponse.Sample.Id, IdentityProviderResponse.Sample.Name, "8f2c1a",
            DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture));
    }

    public static void Map(RouteGroupBuilder person) =>
        person.MapQuery("/logins", Handle)
            .UseCase(nameof(ListPersonLogins), "List how a person comes in through identity providers")
            .RequireScope(Scopes.PeopleRead)
            .Validate<Request>()
            .Example(response: new Page<Response>([Response.Sample], null, null));

    private static async Task<Results<Ok<Page<Response>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.OwnPeople().Where(p => p.Id == id).Select(p => new { p.OrganizationId }).SingleOrDefaultAsync(ct) is not { } person)
            return Problems.NotFound("person");

        var found = db.PersonLogins.Where(login => login.PersonId == id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(login => login.Id > last);
        var logins = await found.OrderBy(login => login.Id).Take(request.Take + 1)
            .Select(login => new Response(
                login.Id, login.ProviderId, db.IdentityProviders.Where(provider => provider.Id == login.ProviderId).Select(provider => provider.Name).First(),
                login.Subject, login.LinkedAt))
            .ToListAsync(ct);
        audit.Record("personLogin.listed", id, person.OrganizationId, new { logins = Math.Min(logins.Count, request.Take) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Page.Of(logins, request.Take, login => [login.Id.ToString()], count));
    }
}
