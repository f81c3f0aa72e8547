using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Lets somebody in who has a code or a link: finds the assessment and its tenant. Whatever is wrong with it (unknown, ended, of an assessment
/// that is not open), the answer is the same.
/// </summary>
internal sealed class JoinDesk(JoinGuard guard, Door door, ParticipationKey key, Caller caller, PLServiceDbContext db, TimeProvider clock)
{
    /// <summary>An open assessment that can be joined.</summary>
    public sealed record Entry(Assessment Assessment, string OrganizationName);

    /// <summary>The assessment; from then on the request works within its tenant.</summary>
    public async Task<(Entry? Entry, JsonHttpResult<ApiProblem>? Refused)> EnterAsync(HttpContext context, string? code, string? link, CancellationToken ct)
    {
        if (link is not null)
            return await OfLinkAsync(link, ct) is { } entry ? (entry, null) : (null, Unknown());

        var (found, wait) = await guard.TryAsync(context.Connection.RemoteIpAddress, () => OfCodeAsync(code!, ct), ct);
        if (wait > TimeSpan.Zero)
            return (null, Pause(context, wait));
        return found is not null ? (found, null) : (null, Unknown());
    }

    private async Task<Entry?> OfCodeAsync(string typed, CancellationToken ct)
    {
        if (JoinCode.Read(typed) is not { } code || await door.AssessmentOfCodeAsync(code, ct) is not { } found)
            return null;
        caller.Become(CallerIdentity.Service(found.TenantId));
        return await OpenAsync(db.JoinCodes.Where(j => j.AssessmentId == found.AssessmentId && j.Code == code), ct);
    }

    private async Task<Entry?> OfLinkAsync(string link, CancellationToken ct)
    {
        if (!ParticipationKey.TryReadLink(link, out var tenantId, out var id))
            return null;
        caller.Become(CallerIdentity.Service(tenantId));
        var code = await db.JoinCodes.Where(j => j.Id == id).Select(j => j.Code).SingleOrDefaultAsync(ct);
        // Compared even when there is none, so that an answer takes as long as any other.
        return key.IsLinkOf(link, tenantId, id, code ?? "") && code is not null ? await OpenAsync(db.JoinCodes.Where(j => j.Id == id && j.Code == code), ct) : null;
    }

    private async Task<Entry?> OpenAsync(IQueryable<JoinCode> joinCodes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await (
            from j in joinCodes
            join a in db.Assessments on j.AssessmentId equals a.Id
            join o in db.Organizations on a.OrganizationId equals o.Id
            where j.ExpiresAt > now && a.Status == AssessmentStatus.Open
            select new { Assessment = a, o.Name }).AsNoTracking().SingleOrDefaultAsync(ct);
        return found is null ? null : new(found.Assessment, found.Name);
    }

    private static JsonHttpResult<ApiProblem> Unknown() =>
        Problems.Result(404, "join_code.not_found", "No assessment can be joined with this. Look at the code again, or ask who gave it to you.");

    private static JsonHttpResult<ApiProblem> Pause(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Result(429, "join_code.too_many_guesses", "Too many wrong codes were tried. Wait for Retry-After seconds, or open the link or QR code, which never waits.");
    }
}

/// <summary>Rules of what one joins with.</summary>
internal static class JoinRules
{
    private const int LinkMaxLength = 200;

    /// <summary>Either a code or a link, and neither of them longer than any can be.</summary>
    public static void CodeOrLink<T>(this AbstractValidator<T> validator, Func<T, string?> code, Func<T, string?> link)
    {
        validator.RuleFor(request => code(request)).Must((request, given) => given is null != link(request) is null)
            .WithErrorCode("value.required").WithMessage("Give either code or link.").OverridePropertyName("Code");
        validator.RuleFor(request => code(request)).Length(1, JoinCode.InputMaxLength).OverridePropertyName("Code");
        validator.RuleFor(request => link(request)).Length(1, LinkMaxLength).OverridePropertyName("Link");
    }
}
