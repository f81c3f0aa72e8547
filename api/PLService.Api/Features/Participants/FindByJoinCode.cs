using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Participants;

/// <summary>
/// What a code or link leads to, for everybody who has one: what is asked, by whom, and who will know what. Wrong codes are counted; after too many
/// one has to pause.
/// </summary>
internal static class FindByJoinCode
{
    /// <param name="Code">The code, in any case, with blanks and hyphens as one likes.</param>
    /// <param name="Link">Or the part of the link behind <c>#</c>.</param>
    public sealed record Request(string? Code = null, string? Link = null);

    /// <param name="Title">What the assessment is called.</param>
    /// <param name="OrganizationName">Who is assessed.</param>
    /// <param name="InstrumentTitle">What is answered, by language.</param>
    /// <param name="Mode">Who may know which participant said what.</param>
    /// <param name="Promise">The same in plain words, by language.</param>
    /// <param name="AsksForKey">Whether a name or key has to be given, can be given, or is not taken.</param>
    /// <param name="Roles">The roles to choose from; empty: there is nothing to choose.</param>
    /// <param name="WindowOpensOn">First day on which answers are wanted.</param>
    /// <param name="WindowClosesOn">Last such day.</param>
    internal sealed record Response(
        string Title, string OrganizationName, Text InstrumentTitle, AssessmentMode Mode, Text Promise, KeyWish AsksForKey, IReadOnlyList<string> Roles,
        DateOnly? WindowOpensOn, DateOnly? WindowClosesOn);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => this.CodeOrLink(request => request.Code, request => request.Link);
    }

    public static void Map(RouteGroupBuilder join) =>
        join.MapPost("/", Handle)
            .AllowAnonymous()
            .UseCase(nameof(FindByJoinCode), "See what a join code leads to")
            .Validate<Request>()
            // Who asks is nobody of a tenant, whatever token comes along.
            .Transaction(TransactionKind.OwnAlways)
            .MayNotExist()
            .Example(
                new Request("k7m-4qx"),
                new Response("Readiness, fall 2026", "Cedar Valley School District", Text.En("Professional Learning System Readiness"), AssessmentMode.Confidential,
                    Promises.Of(AssessmentMode.Confidential), KeyWish.Optional, ["teacher", "administrator"], new DateOnly(2026, 9, 7), new DateOnly(2026, 9, 18)));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, JoinDesk desk, InstrumentVersions versions, CancellationToken ct)
    {
        var (entry, refused) = await desk.EnterAsync(context, request.Code, request.Link, ct);
        if (entry is null)
            return refused!;

        var assessment = entry.Assessment;
        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        return TypedResults.Ok(new Response(
            assessment.Title, entry.OrganizationName, version.Layout.Document.Title, assessment.Mode, Promises.Of(assessment.Mode), Promises.KeyOf(assessment.Mode), assessment.Roles,
            assessment.WindowOpensOn, assessment.WindowClosesOn));
    }
}
