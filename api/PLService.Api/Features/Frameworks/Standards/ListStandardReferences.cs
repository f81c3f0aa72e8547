using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Everything that refers to a standard: items of instruments, tools of toolkits, and whatever else names standards. What names it by a former
/// code or by its identifier is found as well, and so is what names a standard that it replaced or that replaces it. References of
/// organizations that you do not reach are left out.
/// </summary>
internal static class ListStandardReferences
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only from this kind of resource: <c>instrument</c>.</summary>
        public string? ResourceType { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 5) => RuleFor(request => request.ResourceType).MaximumLength(FrameworkLimits.WordLength);
    }

    /// <param name="ResourceType">What refers: <c>instrument</c>.</param>
    /// <param name="ResourceId">The resource.</param>
    /// <param name="Part">Which part of it refers: <c>VIS.1</c>; empty for the whole.</param>
    /// <param name="Title">What the resource is called.</param>
    /// <param name="Address">Where it is read: <c>/v1/instruments/plsr/versions/1.0</c>.</param>
    /// <param name="OrganizationId">Whose it is; null for what the whole tenant reads.</param>
    /// <param name="Relation">How it relates to the standard, a type of CASE association: <c>exactMatchOf</c>, <c>isRelatedTo</c>.</param>
    /// <param name="FrameworkCode">Code of the framework, as it is written there.</param>
    /// <param name="StandardCode">Code or identifier of the standard, as it is written there.</param>
    /// <param name="By">By what it names the standard.</param>
    /// <param name="Via">Whether it names this very standard, one that it replaced, or one that replaces it.</param>
    public sealed record Item(
        string ResourceType,
        Guid ResourceId,
        string Part,
        string Title,
        string Address,
        Guid? OrganizationId,
        string Relation,
        string FrameworkCode,
        string StandardCode,
        ReferenceBy By,
        ReferenceVia Via);

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapQuery("/{id:guid}/references", Handle)
            .UseCase(nameof(ListStandardReferences), "List what refers to a standard")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<Item>(
                [
                    new("instrument", Guid.Parse("01a2b3c4-0000-7000-8000-000000000070"), "VIS.1", "Professional Learning System Readiness",
                        "/v1/instruments/plsr/versions/1.0", null, "isRelatedTo", "cedar-2026", "LEA", ReferenceBy.Code, ReferenceVia.Itself),
                ],
                null,
                null));

    private static async Task<Results<Ok<Page<Item>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, ReferenceReader references, CancellationToken ct)
    {
        var (exists, found, count) = await references.ReadAsync(id, request, ct);
        return exists
            ? TypedResults.Ok(Page.Of(
                found, request.Take, r => [r.ResourceType, r.FrameworkCode, r.StandardCode, r.Part, r.ResourceId.ToString()], count))
            : Problems.NotFound("standard");
    }
}

/// <summary>By what a document names a standard.</summary>
public enum ReferenceBy
{
    Code,
    FormerCode,
    Identifier,
}

/// <summary>Which standard a document names, seen from another one.</summary>
public enum ReferenceVia
{
    /// <summary>This very standard.</summary>
    Itself,

    /// <summary>One that it replaces, directly or through others.</summary>
    Replaced,

    /// <summary>One that replaces it, directly or through others.</summary>
    Replacement,
}
