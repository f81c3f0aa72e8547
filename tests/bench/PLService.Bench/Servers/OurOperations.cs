using System.Text.Json;
using PLService.Bench.Data;
using PLService.Bench.Load;

namespace PLService.Bench.Servers;

/// <summary>
/// The operations of the service that are measured, as bytes: the one place that knows their paths and bodies. Each is held against the
/// served contract first, so that what is not there is named.
/// </summary>
internal sealed class OurOperations(Contract contract, string authorization)
{
    public const int PageSize = 50;
    public static readonly string[] LevelCodes = ["green", "yellow", "red", "dont-know"];
    private const string Assessments = "/v1/assessments";
    private const string Report = "/v1/reports/readiness";

    /// <summary>W2d: a district's latest half-year by section.</summary>
    public byte[] DistrictReport(Guid organization, string round)
    {
        contract.Require("GET", Report, "organizationId", "instrument", "by", "round");
        return Get($"{Report}?organizationId={organization}&instrument=plsr&by=section&round={round}");
    }

    /// <summary>W2s: all half-years of the state by section.</summary>
    public byte[] StateReport(Guid organization)
    {
        contract.Require("GET", Report, "organizationId", "instrument", "by");
        return Get($"{Report}?organizationId={organization}&instrument=plsr&by=section");
    }

    /// <summary>The frozen result of one closed assessment.</summary>
    public byte[] Result(Guid assessment)
    {
        contract.Require("GET", Assessments + "/{id}/results");
        return Get($"{Assessments}/{assessment}/results");
    }

    public bool CanList => contract.Has("GET", Assessments);

    public bool CanGet => contract.Has("GET", Assessments + "/{id}");

    /// <summary>W3: a page of the assessments of the instrument, newest first.</summary>
    public string AssessmentsPage(string? cursor)
    {
        contract.Require("GET", Assessments, "instrument", "limit", "cursor");
        return $"{Assessments}?instrument=plsr&limit={PageSize}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
    }

    /// <summary>W4: one assessment; with an ETag, the question whether it changed.</summary>
    public byte[] Assessment(Guid assessment, string? etag = null)
    {
        contract.Require("GET", Assessments + "/{id}");
        return Get($"{Assessments}/{assessment}", etag is null ? [] : [$"If-None-Match: {etag}"]);
    }

    /// <summary>W5: a response with all items rated; the participant key holds <see cref="Numbered.Mark"/>.</summary>
    public byte[] CreateResponse(Guid assessment, string json)
    {
        contract.Require("POST", Assessments + "/{id}/responses");
        return Request.Post($"{Assessments}/{assessment}/responses", json, authorization);
    }

    /// <summary>W6: a participant places one rating, having seen that there is none yet on that item.</summary>
    public byte[] Rate(Guid assessment, Guid response, string item, string level)
    {
        contract.Require("PUT", Assessments + "/{id}/responses/{responseId}/ratings/{itemCode}");
        var target = $"{Assessments}/{assessment}/responses/{response}/ratings/{item}";
        return Request.Text("PUT", target, [authorization, "If-Match: \"-\""], JsonSerializer.Serialize(new { level }));
    }

    /// <summary>W6: the live tally.</summary>
    public byte[] Tally(Guid assessment)
    {
        contract.Require("GET", Assessments + "/{id}/tally");
        return Get($"{Assessments}/{assessment}/tally");
    }

    /// <summary>How many ratings a live tally counts, null while it is withheld; and the moment that it says it is of.</summary>
    public static (long? Ratings, DateTimeOffset AsOf) ReadTally(ReadOnlyMemory<byte> tally)
    {
        using var body = JsonDocument.Parse(tally);
        var axis = body.RootElement.GetProperty("result").GetProperty("whole").GetProperty("axes")[0];
        var measures = axis.GetProperty("measures");
        var asOf = body.RootElement.GetProperty("asOf").GetDateTimeOffset();
        return (measures.ValueKind is JsonValueKind.Object ? measures.GetProperty("answered").GetInt64() : null, asOf);
    }

    public byte[] Get(string target, params string[] headers) => Request.Get(target, [authorization, .. headers]);

    /// <summary>The body of W5, the same for the bare server.</summary>
    public static string ResponseBody(Workload workload, IReadOnlyList<string> items, int seed)
    {
        var levels = new short[Workload.Items];
        workload.Answer(seed, 4, 1_000_000 + seed, levels);
        var ratings = items.Zip(levels).ToDictionary(rating => rating.First, rating => LevelCodes[rating.Second]);
        return JsonSerializer.Serialize(new { participantKey = $"b{Numbered.Mark}", ratings });
    }
}
