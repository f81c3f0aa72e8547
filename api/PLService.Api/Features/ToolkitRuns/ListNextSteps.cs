using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>
/// The next steps that the team wrote down, one for each field that collects them, in the order in which they were first written. An id stays the
/// same whatever becomes of the text, so that a plan can refer to it.
/// </summary>
internal static class ListNextSteps
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    /// <param name="Id">The next step's id.</param>
    /// <param name="ToolCode">The tool.</param>
    /// <param name="Field">The field's key.</param>
    /// <param name="Text">What is to be done.</param>
    /// <param name="Standard">The standard that it is about.</param>
    /// <param name="Authors">Who had a hand in it, those whose answers were gathered included.</param>
    /// <param name="UpdatedAt">When it was last changed.</param>
    public sealed record Item(Guid Id, string ToolCode, string Field, string Text, CollectedStandard? Standard, IReadOnlyList<TeamPerson> Authors, DateTimeOffset UpdatedAt);

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapQuery("/{id:guid}/next-steps", Handle)
            .UseCase(nameof(ListNextSteps), "List the team's next steps")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Example(response: new Page<Item>(
                [
                    new(
                        Guid.Parse("01a2b3c4-0000-7000-8000-000000000400"), "1.4", "nextSteps/LCO", "Give every learning community an hour a week.", CollectedStandard.Sample,
                        [TeamPerson.Sample], ToolkitRunResponse.SampleTime),
                ],
                null, null));

    private static async Task<Results<Ok<Page<Item>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, RunDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } run)
            return Problems.NotFound("toolkit_run");
        // Two tools may have a field of the same key.
        var keys = run.Layout.Document.Tools
            .SelectMany(tool => run.Layout.FieldsOf(tool).Where(field => field.Collects is FieldCollection.NextSteps).Select(field => $"{tool.Code}\n{field.Key}")).ToArray();
        var found =
            from worksheet in db.Worksheets
            join value in db.WorksheetValues on worksheet.Id equals value.WorksheetId
            where worksheet.RunId == id && worksheet.PersonId == null && value.Text != null && keys.Contains(worksheet.ToolCode + "\n" + value.Field)
            select new { worksheet.ToolCode, Value = value };
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(row => row.Value.Id > last);

        var page = Page.Of(await found.OrderBy(row => row.Value.Id).Take(request.Take + 1).AsNoTracking().ToListAsync(ct), request.Take, row => [row.Value.Id.ToString()], count);
        var sheets = page.Items.Select(row => row.Value.WorksheetId).Distinct().ToArray();
        var fields = page.Items.Select(row => row.Value.Field).ToArray();
        var hands = (await db.WorksheetChanges.Where(c => sheets.Contains(c.WorksheetId) && fields.Contains(c.Field) && c.PersonId != null)
            .Select(c => new { c.WorksheetId, c.Field, PersonId = c.PersonId!.Value }).Distinct().ToListAsync(ct)).ToLookup(c => (c.WorksheetId, c.Field), c => c.PersonId);
        var authors = page.Items.ToDictionary(row => row.Value.Id, row =>
            hands[(row.Value.WorksheetId, row.Value.Field)].Concat(Contribution.Read(row.Value.GatheredFrom).Select(contribution => contribution.PersonId)).Distinct().ToList());
        var names = await db.NamesOfAsync(authors.Values.SelectMany(people => people).Select(person => (Guid?)person), ct);
        return TypedResults.Ok(new Page<Item>(
            [.. page.Items.Select(row => new Item(
                row.Value.Id, row.ToolCode, row.Value.Field, row.Value.Text!, CollectedStandard.Of(row.Value),
                [.. authors[row.Value.Id].Select(person => TeamPerson.Of(person, names)).OfType<TeamPerson>()], row.Value.At))],
            page.NextCursor, page.Count));
    }
}

/// <summary>A standard as it was called when the team began.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">Its code.</param>
/// <param name="Label">Its label.</param>
internal sealed record CollectedStandard(Guid Id, string Code, string Label)
{
    internal static readonly CollectedStandard Sample = new(Guid.Parse("5d0b3f3c-4c5e-8c0a-9d53-0d6f1a2b3c4d"), "LCO", "Learning Communities");

    internal static CollectedStandard? Of(WorksheetValue value) => value.StandardId is { } id ? new(id, value.StandardCode!, value.StandardLabel!) : null;
}
