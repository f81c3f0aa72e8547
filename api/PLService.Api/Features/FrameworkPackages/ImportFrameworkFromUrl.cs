using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>
/// Fetches a CFPackage from an address and takes it as importing the file does. The address is https and lies in the public internet, as
/// does every address that it leads on to; the file arrives within 60 seconds.
/// </summary>
internal static class ImportFrameworkFromUrl
{
    /// <summary>Where the package is, and how to take it.</summary>
    /// <param name="Url">Address of the package, such as that of <c>CFPackages/{id}</c> of another provider.</param>
    /// <param name="Code">Short name of a framework that is new; one is made of the title unless given.</param>
    /// <param name="DryRun">True does everything but store, and says what would change.</param>
    /// <param name="Publish">True publishes the framework if it is a draft, or new.</param>
    public sealed record Request(string Url, string? Code = null, bool DryRun = false, bool Publish = false);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Url).NotEmpty().MaximumLength(2000);
            RuleFor(request => request.Code).Matches(FrameworkCodes.Pattern).WithMessage("A code has 2 to 40 lower-case letters, digits and hyphens, a letter first.");
        }
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/import-from-url", Handle)
            .UseCase(nameof(ImportFrameworkFromUrl), "Import a framework from an address")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, FrameworkErrors.CodeTaken, CaseImportErrors.InCatalog, CaseImportErrors.Elsewhere, CaseImportErrors.OtherCode)
            .Example(new Request("https://standards.example.org/ims/case/v1p1/CFPackages/6a1f0c52-7d0e-4f0b-9a55-0d1c2e3f4a5b", "example-state", DryRun: true), FrameworkImportResponse.Sample);

    private static async Task<Results<Ok<FrameworkImportResponse>, Created<FrameworkImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, PackageGate gate, PublicDownload download, PackageDesk desk, CancellationToken ct)
    {
        using var place = await gate.EnterAsync(ct);
        if (place is null)
            return PackageDesk.Busy(context.Response);
        var (file, fault) = await download.GetAsync(request.Url, CaseLimits.Bytes, ct);
        return fault is not null
            ? fault.ToFault("/url")
            : await desk.TakeFileAsync(file!, new(request.Code, request.Publish), request.DryRun, ct);
    }
}
