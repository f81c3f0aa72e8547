using System.Globalization;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.CaseProvider;

/// <summary>The list of documents: paging, sorting, filtering and choice of fields as the REST binding describes them (its sections 3.1 to 3.4).</summary>
internal static class DocumentList
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const int MaxOffset = 1_000_000;

    public static async Task<IResult> AnswerAsync(HttpContext context, DocumentQuery documents, AccessOptions access, CancellationToken ct)
    {
        var query = context.Request.Query;
        if (ReadNumber(query["limit"].ToString(), DefaultLimit, 1, MaxLimit) is not { } limit || ReadNumber(query["offset"].ToString(), 0, 0, MaxOffset) is not { } offset)
            return CaseStatus.Result(StatusCodes.Status400BadRequest, $"limit is a whole number from 1 to {MaxLimit}, offset one from 0 to {MaxOffset}.");
        if (query["orderBy"].ToString() is not ("" or "asc" or "desc"))
            return CaseStatus.Result(StatusCodes.Status400BadRequest, "orderBy is asc or desc.", "invalid_sort_field");
        IReadOnlyList<IReadOnlyList<CaseComparison>> filter = [];
        if (query["filter"].ToString() is { Length: > 0 } text)
        {
            var (alternatives, fault) = CaseFilter.Read(text, CaseShapes.Document);
            if (alternatives is null)
                return CaseStatus.Result(StatusCodes.Status400BadRequest, fault!);
            filter = alternatives;
        }

        if (query.TryGetValue("fields", out var fields) && fields.ToString().Split(',').Any(string.IsNullOrWhiteSpace))
            return CaseStatus.Result(StatusCodes.Status400BadRequest, "fields names the fields to return, separated by commas; one is blank.");

        // By a field that does not exist nothing is sorted: the list then has its usual order.
        var page = new DocumentPage(filter, CaseShapes.Document.Find(query["sort"].ToString()), query["orderBy"] == "desc", limit, offset);
        var (found, count) = await documents.ListAsync(page, access.CaseAddress, ct);
        context.Response.Headers["X-Total-Count"] = count.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.Link = Links(context.Request, access, page, count);
        var list = string.Join(",\n", Chosen(found, fields.ToString()));
        return ObjectAnswer.Json(context, $"{{\"CFDocuments\":[{CaseAddresses.Expand(list, access.CaseAddress)}]}}", changedAt: null);
    }

    private static int? ReadNumber(string text, int otherwise, int least, int most) =>
        text.Length == 0 ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : null;

    // A field that does not exist brings all fields.
    private static IEnumerable<string> Chosen(IReadOnlyList<string> documents, string fields)
    {
        var names = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 || names.Any(name => name != "CFPackageURI" && CaseShapes.Document.Find(name) is null)
            ? documents
            : documents.Select(document => new JsonObject(JsonNode.Parse(document)!.AsObject()
                .Where(member => names.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString());
    }

    private static string Links(HttpRequest request, AccessOptions access, DocumentPage page, long count)
    {
        var last = count == 0 ? 0 : (count - 1) / page.Limit * page.Limit;
        var links = new List<(string Relation, long Offset)>();
        if (page.Offset + page.Limit < count)
            links.Add(("next", page.Offset + page.Limit));
        links.Add(("last", last));
        links.Add(("first", 0));
        if (page.Offset > 0)
            links.Add(("prev", Math.Max(0, Math.Min(page.Offset - page.Limit, last))));
        var kept = request.Query.Where(parameter => parameter.Key is not ("limit" or "offset")).ToList();
        return string.Join(", ", links.Select(link =>
        {
            var query = QueryString.Create([.. kept, new("limit", $"{page.Limit}"), new("offset", $"{link.Offset}")]);
            return $"<{access.CaseAddress}/CFDocuments{query}>; rel=\"{link.Relation}\"";
        }));
    }
}
