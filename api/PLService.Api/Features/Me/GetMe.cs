using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Me;

/// <summary>
/// Who you are, and what you may do where. Each entry of <c>access</c> is a place with the roles that you have in it and all that they allow there and
/// below: a page shows a button when the place of what it is about is below one whose <c>scopes</c> have what the contract names at the operation.
/// </summary>
internal static class GetMe
{
    /// <param name="PersonId">You.</param>
    /// <param name="Name">Your name.</param>
    /// <param name="Email">Your e-mail address.</param>
    /// <param name="Language">The language that you want to read, a tag of BCP 47.</param>
    /// <param name="TimeZone">IANA name; null is that of your organization.</param>
    /// <param name="TenantId">The tenant.</param>
    /// <param name="TenantSlug">Its short name.</param>
    /// <param name="TenantName">Its name.</param>
    /// <param name="Access">What you may do where; empty when you have no role today.</param>
    /// <param name="Version">+1 per change of what is said of you.</param>
    /// <param name="Digest">How often you are told by mail what is due; never also when you unsubscribed from digests.</param>
    public sealed record Response(
        Guid PersonId, string Name, string? Email, string Language, string? TimeZone, Guid TenantId, string TenantSlug, string TenantName, IReadOnlyList<Place> Access, long Version,
        DigestRhythm Digest)
        : IEntityTagged
    {
        /// <summary>Of all that is said: what you may do changes without a change of yours, with a day or with the name of an organization.</summary>
        [JsonIgnore]
        public string EntityTag => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web)))[..16];
    }

    /// <param name="OrganizationId">The organization; null is the whole tenant.</param>
    /// <param name="OrganizationName">Its name.</param>
    /// <param name="Roles">Your roles there.</param>
    /// <param name="Scopes">What they allow, there and in everything below.</param>
    public sealed record Place(Guid? OrganizationId, string? OrganizationName, IReadOnlyList<Role> Roles, IReadOnlyList<string> Scopes);

    internal static readonly Response Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", "ada.moreno@example.org", "en", null,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000001"), "example-state", "Example State",
        [new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), "Cedar Valley School District", [Role.Viewer], [.. Roles.ScopesOf(Role.Viewer).Order(StringComparer.Ordinal)])], 1, DigestRhythm.Weekly);

    public static void Map(RouteGroupBuilder me) =>
        me.MapGet("/", Handle)
            .UseCase(nameof(GetMe), "Read who you are and what you may do")
            .RequirePerson()
            .Example(response: Sample);

    private static async Task<Ok<Response>> Handle(HttpContext context, PLServiceDbContext db, Caller caller, CancellationToken ct) =>
        TypedResults.Ok(await ReadAsync(context, db, caller, ct));

    /// <summary>The person as it is stored now; for answers to a change.</summary>
    internal static async Task<Response> ReadAsync(HttpContext context, PLServiceDbContext db, Caller caller, CancellationToken ct)
    {
        var grants = context.Features.GetRequiredFeature<IReadOnlyList<Grant>>();
        var places = grants.Select(grant => grant.OrganizationId).OfType<Guid>().Distinct().ToArray();
        var found = await db.People.Where(person => person.Id == caller.PersonId)
            .Select(person => new
            {
                Person = person,
                Tenant = db.Tenants.Select(tenant => new { tenant.Slug, tenant.Name }).First(),
                Names = db.Organizations.Where(o => places.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToList(),
            })
            .AsNoTracking().SingleAsync(ct);
        var names = found.Names.ToDictionary(o => o.Id, o => o.Name);
        return new Response(
            found.Person.Id, found.Person.Name, found.Person.Email, found.Person.Language, found.Person.TimeZone, caller.TenantId, found.Tenant.Slug, found.Tenant.Name,
            [
                .. grants.GroupBy(grant => grant.OrganizationId).Select(place => new Place(
                    place.Key, place.Key is { } id ? names[id] : null, [.. place.Select(grant => grant.Role).Order()],
                    [.. place.SelectMany(grant => Roles.ScopesOf(grant.Role)).Distinct().Order(StringComparer.Ordinal)])).OrderBy(place => place.OrganizationName, StringComparer.Ordinal),
            ],
            found.Person.Version, await DigestOfAsync(found.Person, db, ct));
    }

    private static async Task<DigestRhythm> DigestOfAsync(Person person, PLServiceDbContext db, CancellationToken ct)
    {
        if (person.Digest is DigestRhythm.Never || person.Email is null)
            return person.Digest;
        var hash = MailOptOut.HashOf(person.Email);
        return await db.MailOptOuts.AnyAsync(optOut => optOut.AddressHash == hash && optOut.Kind == MailKind.Digest, ct) ? DigestRhythm.Never : person.Digest;
    }
}
