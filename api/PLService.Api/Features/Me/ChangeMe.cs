using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Me;

/// <summary>
/// Changes your name, language, time zone or how often you are told by mail what is due (JSON Merge Patch, RFC 7396): what is left out stays, null sets
/// <c>language</c> back to English, <c>timeZone</c> to that of your organization and <c>digest</c> to weekly. The rest is for those to change who keep people.
/// </summary>
internal static class ChangeMe
{
    /// <param name="Name">Your name, 200 characters at most.</param>
    /// <param name="Language">The language that you want to read, a tag of BCP 47.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Digest">How often you are told by mail what is due; choosing one also takes back that you unsubscribed from digests.</param>
    public sealed record Request(string? Name = null, string? Language = null, string? TimeZone = null, DigestRhythm? Digest = null);

    /// <summary>What a person can say of themselves.</summary>
    public sealed record Own(string Name, string Language = Person.DefaultLanguage, string? TimeZone = null, DigestRhythm Digest = DigestRhythm.Weekly);

    public sealed class Validator : AbstractValidator<Own>
    {
        public Validator()
        {
            RuleFor(own => own.Name).PersonName();
            RuleFor(own => own.Language).Language();
            RuleFor(own => own.TimeZone).PersonTimeZone();
            RuleFor(own => own.Digest).IsInEnum();
        }
    }

    public static void Map(RouteGroupBuilder me) =>
        me.MapPatch("/", Handle)
            .UseCase(nameof(ChangeMe), "Change your name, language, time zone or digest")
            .RequirePerson()
            .TakesPatch<Request, Own>()
            .Example(new { language = "es" }, GetMe.Sample with { Language = "es", Version = 2 });

    private static async Task<Results<Ok<GetMe.Response>, JsonHttpResult<ApiProblem>>> Handle(
        MergePatch<Own> patch, IfMatch ifMatch, HttpContext context, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var person = await db.People.SingleAsync(p => p.Id == caller.PersonId, ct);
        var read = await GetMe.ReadAsync(context, db, caller, ct);
        if (ifMatch.Tag is { } tag && tag != read.EntityTag)
            return Problems.Result(412, "concurrency.stale_version", "What is said of you changed since you read it. Read it again, and repeat your change on what you find.");
        var (wanted, invalid) = patch.Apply(new(person.Name, person.Language, person.TimeZone, read.Digest));
        if (wanted is null)
            return invalid!;

        person.Change(person.Details() with { Name = wanted.Name, Language = wanted.Language, TimeZone = wanted.TimeZone });
        if (wanted.Digest != read.Digest)
            await ChooseDigestAsync(person, wanted.Digest, db, ct);
        if (db.ChangedMembersOf(person) is { Count: > 0 } changed)
            audit.Record("person.changed", person.Id, person.OrganizationId, new { changed });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await GetMe.ReadAsync(context, db, caller, ct));
    }

    // Who had unsubscribed by a link and wants digests again says so here.
    private static async Task ChooseDigestAsync(Person person, DigestRhythm rhythm, PLServiceDbContext db, CancellationToken ct)
    {
        person.ChooseDigest(rhythm);
        if (rhythm is DigestRhythm.Never || person.Email is null)
            return;
        var hash = MailOptOut.HashOf(person.Email);
        if (await db.MailOptOuts.Where(optOut => optOut.AddressHash == hash && optOut.Kind == MailKind.Digest).ExecuteDeleteAsync(ct) > 0)
            db.Touch(person);
    }
}
