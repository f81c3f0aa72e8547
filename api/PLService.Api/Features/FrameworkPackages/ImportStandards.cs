using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>
/// Takes a table of standards (CSV with comma, semicolon or tab, UTF-8) into the framework with this code, or makes one. Its columns are
/// identifier, code, label, statement, itemType, parentIdentifier, parentCode, sequence, language, educationLevels, subjects and notes, in any order;
/// several values in a cell are separated by semicolons. A row is found by its identifier, then by its code, then, without one, by its words;
/// any other is a new standard. What a column holds replaces what was there; columns and standards that the file leaves out stay. A file has at
/// most 20 MiB and 100,000 rows.
/// </summary>
internal static class ImportStandards
{
    public sealed class Request
    {
        /// <summary>Short name of the framework.</summary>
        public string? Code { get; init; }

        /// <summary>Title of a framework that is new; its code unless given.</summary>
        public string? Title { get; init; }

        /// <summary>True does everything but store, and says what would change.</summary>
        public bool? DryRun { get; init; }

        /// <summary>True publishes the framework if it is a draft, or new.</summary>
        public bool? Publish { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Code).NotEmpty().Matches(FrameworkCodes.Pattern).WithMessage("A code has 2 to 40 lower-case letters, digits and hyphens, a letter first.");
            RuleFor(request => request.Title).MaximumLength(Framework.TitleMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/import-standards", Handle)
            .UseCase(nameof(ImportStandards), "Import standards from a table")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Accepts<Stream>("text/csv", "text/tab-separated-values")
            .WithMetadata(new RequestSizeLimitAttribute(StandardsTable.MaxBytes))
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, CaseImportErrors.InCatalog, CaseImportErrors.Elsewhere)
            .Example("code,statement,parentCode,sequence\nEV,Professional learning is planned from evidence.,,1\nEV.1,Evidence comes from several sources.,EV,1\n", FrameworkImportResponse.Sample);

    private static async Task<Results<Ok<FrameworkImportResponse>, Created<FrameworkImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, HttpContext context, PackageGate gate, PackageDesk desk, StandardsTable standards, CancellationToken ct)
    {
        using var place = await gate.EnterAsync(ct);
        if (place is null)
            return PackageDesk.Busy(context.Response);
        if (await PackageDesk.ReadAsync(context.Request, StandardsTable.MaxBytes, ct) is not { } file)
            return PackageDesk.TooLarge(StandardsTable.MaxBytes);
        var table = CsvRows.Read(file.GetBuffer().AsSpan(0, (int)file.Length), CaseLimits.Items);
        var merged = await standards.MergeAsync(table, request.Code!, request.Title, ct);
        return await desk.TakeAsync(merged, new(request.Code, request.Publish is true, IsWhole: false), request.DryRun is true, ct);
    }
}
