using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Puts, gives and removes the image of a field, the team's and a member's alike.</summary>
internal sealed class ImageDesk(PLServiceDbContext db, WorksheetDesk desk, Caller caller, AuditTrail audit, TimeProvider clock)
{
    public const string NotAnImage = "worksheet.not_an_image";

    /// <summary>A field's key as an address has it: clients may write the slash in it as %2F.</summary>
    public static string KeyOf(string field) => field.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public async Task<(ImageResponse? Image, bool IsNew, JsonHttpResult<ApiProblem>? Refused)> PutAsync(
        Sheet sheet, string key, string alternativeText, IfMatch ifMatch, HttpRequest request, CancellationToken ct)
    {
        if (sheet.FieldOf(key) is not { } field)
            return (null, false, Problems.NotFound("field"));
        if (field.Answer is not AnswerKind.ImageOrText)
            return (null, false, WorksheetErrors.NoImage.ToConflict());
        var (bytes, unfit) = await ReadAsync(request, ct);
        if (bytes is null)
            return (null, false, unfit);
        if (ImageFormat.Of(bytes) is not { } mediaType)
            return (null, false, Problems.Invalid("", NotAnImage, "The body is no PNG, JPEG, GIF or WebP image; its first bytes decide, not its header."));

        var worksheet = await desk.LockAsync(sheet, ct);
        var image = await db.WorksheetImages.SingleOrDefaultAsync(i => i.WorksheetId == worksheet.Id && i.Field == key, ct);
        if ((image is null ? ifMatch.RefusesAbsence() : ifMatch.RefusesBlindness() ?? Refuses(ifMatch, image)) is { } stale)
            return (null, false, stale);
        var isNew = image is null;
        if (image is null)
            db.Add(image = new WorksheetImage { WorksheetId = worksheet.Id, Field = key });
        (image.MediaType, image.Bytes, image.Sha256, image.AlternativeText) = (mediaType, bytes, SHA256.HashData(bytes), alternativeText);
        (image.PersonId, image.ApiClientId, image.At) = (caller.PersonId, caller.ApiClientId, clock.GetUtcNow());
        await SaveAsync(sheet, worksheet, key, isNew ? "worksheet.imageAdded" : "worksheet.imageReplaced", ct);

        var names = await db.NamesOfAsync([image.PersonId], ct);
        return (new(mediaType, bytes.Length, Convert.ToHexStringLower(image.Sha256), alternativeText, TeamPerson.Of(image.PersonId, names), image.At), isNew, null);
    }

    /// <summary>The same of a member's worksheet, as long as the member shares it.</summary>
    public async Task<Results<FileContentHttpResult, JsonHttpResult<ApiProblem>>> GetSharedAsync(Sheet sheet, string key, HttpResponse response, CancellationToken ct) =>
        await desk.Stored(sheet).AnyAsync(w => w.SharedAt != null, ct) ? await GetAsync(sheet, key, response, ct) : Problems.NotFound("image");

    /// <summary>The image itself. It goes out as a download, and with nothing that a browser could take for more than an image.</summary>
    public async Task<Results<FileContentHttpResult, JsonHttpResult<ApiProblem>>> GetAsync(Sheet sheet, string key, HttpResponse response, CancellationToken ct)
    {
        if (await Stored(sheet, key).AsNoTracking().SingleOrDefaultAsync(ct) is not { } image)
            return Problems.NotFound("image");

        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(
            image.Bytes, image.MediaType, $"image-{image.WorksheetId}.{ImageFormat.ExtensionOf(image.MediaType)}", lastModified: image.At,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(image.Sha256)}\""));
    }

    public async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> DeleteAsync(Sheet sheet, string key, IfMatch ifMatch, CancellationToken ct)
    {
        if (!await Stored(sheet, key).AnyAsync(ct))
            return Problems.NotFound("image");
        var worksheet = await desk.LockAsync(sheet, ct);
        if (await Stored(sheet, key).SingleOrDefaultAsync(ct) is not { } image)
            return Problems.NotFound("image");
        if (Refuses(ifMatch, image) is { } stale)
            return stale;

        db.Remove(image);
        await SaveAsync(sheet, worksheet, key, "worksheet.imageRemoved", ct);
        return TypedResults.NoContent();
    }

    private IQueryable<WorksheetImage> Stored(Sheet sheet, string key) =>
        db.WorksheetImages.Where(i => i.Field == key && desk.Stored(sheet).Any(w => w.Id == i.WorksheetId));

    private static JsonHttpResult<ApiProblem>? Refuses(IfMatch ifMatch, WorksheetImage image) =>
        ifMatch.Tag is null || ifMatch.Tag == Convert.ToHexStringLower(image.Sha256)
            ? null
            : Problems.Result(412, "concurrency.stale_version", "The image is another one by now. Look at it, and decide which is right.");

    private async Task SaveAsync(Sheet sheet, Worksheet worksheet, string key, string action, CancellationToken ct)
    {
        db.Touch(worksheet);
        audit.Record(action, worksheet.Id, sheet.Run.OrganizationId, new { run = sheet.Run.Id, tool = sheet.Tool.Code, field = key });
        await db.SaveChangesAsync(ct);
    }

    private static async Task<(byte[]? Bytes, JsonHttpResult<ApiProblem>? Refused)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > WorksheetImage.MaxBytes)
            return (null, TooLarge());
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > WorksheetImage.MaxBytes)
                return (null, TooLarge());
            buffer.Write(chunk, 0, read);
        }

        return (buffer.ToArray(), null);
    }

    private static JsonHttpResult<ApiProblem> TooLarge() => Problems.Result(413, "request.too_large", $"An image may have {WorksheetImage.MaxBytes >> 20} MiB; make it smaller.");
}

/// <summary>What is said of an image when it is put.</summary>
internal sealed class ImageRequest
{
    /// <summary>What the image shows, for who cannot see it; 500 characters at most.</summary>
    public string? AlternativeText { get; init; }
}
