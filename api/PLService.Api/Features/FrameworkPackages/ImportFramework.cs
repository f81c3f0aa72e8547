using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>
/// Takes a CFPackage of CASE 1.0 or 1.1 as a framework of yours. Identifiers and addresses are kept; what CASE does not know is kept in
/// extensions; what is not quite right is mended and told in warnings. The framework is found by the identifier of its CFDocument: a new one
/// becomes a draft, an existing one is brought to what the file says, and what is unchanged is not written. What the file does not have any
/// more is taken out of a draft, unless something refers to it; in a published framework statements stay and get the day of their end. What was
/// added here to a framework of another publisher stays. A file has at most 100 MiB, 100,000 items and 300,000 associations; gzip is understood.
/// </summary>
internal static class ImportFramework
{
    public sealed class Request
    {
        /// <summary>Short name of a framework that is new; one is made of the title unless given.</summary>
        public string? Code { get; init; }

        /// <summary>True does everything but store, and says what would change.</summary>
        public bool? DryRun { get; init; }

        /// <summary>True publishes the framework if it is a draft, or new.</summary>
        public bool? Publish { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).Matches(FrameworkCodes.Pattern)
            .WithMessage("A code has 2 to 40 lower-case letters, digits and hyphens, a letter first.");
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/import", Handle)
            .UseCase(nameof(ImportFramework), "Import a framework from a CASE package")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Accepts<CasePackageDocument>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(CaseLimits.Bytes))
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, FrameworkErrors.CodeTaken, CaseImportErrors.InCatalog, CaseImportErrors.Elsewhere, CaseImportErrors.OtherCode)
            .Example(CasePackageDocument.Sample, FrameworkImportResponse.Sample);

    private static async Task<Results<Ok<FrameworkImportResponse>, Created<FrameworkImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpContext context, PackageGate gate, PackageDesk desk, CancellationToken ct)
    {
        using var place = await gate.EnterAsync(ct);
        if (place is null)
            return PackageDesk.Busy(context.Response);
        return await PackageDesk.ReadAsync(context.Request, CaseLimits.Bytes, ct) is { } file
            ? await desk.TakeFileAsync(file, new(request.Code, request.Publish is true), request.DryRun is true, ct)
            : PackageDesk.TooLarge(CaseLimits.Bytes);
    }
}
