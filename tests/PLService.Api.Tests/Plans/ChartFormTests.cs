using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>A chart as JSON, as a table, and as pages to print.</summary>
public sealed class ChartFormTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chart_names_owners_and_standards_as_they_are_called_today()
    {
        var plan = await api.NewChartPlanAsync(further: new { vision = "Teams everywhere." });
        await plan.Tenant.FrameworkAsync("local-pl", "TIME");
        var ada = await plan.Tenant.NewPersonAsync((Role.Facilitator, plan.District));
        await plan.StepAsync("Meet", 10, new { ownerPersonId = ada.Id, serves = new[] { new { framework = "local-pl", code = "TIME" } } });
        await plan.HoldAsync(new { mark = 30 });
        await plan.Tenant.RenameAsync("local-pl/TIME", "HOURS", "Time to learn");

        var chart = await plan.ChartAsync();

        var cells = chart.Column(60)["cells"]!;
        Assert.Equal((ada.Name, "HOURS", "Time to learn"), ((string?)cells["actions"]![0]!["ownerName"], (string?)cells["elements"]![0]!["code"], (string?)cells["elements"]![0]!["label"]));
        Assert.Equal(("Cedar Valley", "Teams everywhere.", "active"), ((string?)chart["organization"]!["name"], (string?)chart["vision"], (string?)chart["status"]));
        // Of a person only the id is kept.
        Assert.DoesNotContain(ada.Name, await plan.Tenant.StoredAsync(db => db.CheckIns.Select(held => held.Chart).SingleAsync(Ct)), StringComparison.Ordinal);
        await (await plan.Everything.GetAsync($"/v1/plans/{Guid.NewGuid()}/chart", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
    }

    [Fact]
    public async Task The_table_has_a_row_for_everything_in_a_cell_and_runs_no_formula()
    {
        var plan = await api.NewChartPlanAsync();
        await plan.StepAsync("=1+1", 10, new { ownerName = "@SUM(A1)", toolsAndMaterials = new[] { "-chart paper" }, expectedBenefits = "+time" });
        await plan.StepAsync("Some day", null);
        await plan.HoldAsync(new { mark = 30, done = "=We met" });

        var (rows, headers) = await TableAsync(plan, $"{plan.Path}/chart");

        Assert.Contains(("60", "action", "'=1+1", "'@SUM(A1)", plan.Day(60), "1"), rows);
        Assert.Contains(("60", "toolOrMaterial", "'-chart paper", "", "", ""), rows);
        Assert.Contains(("60", "expectedBenefit", "'+time", "", "", ""), rows);
        Assert.Contains(("30", "bestGuess", "'=1+1", "'@SUM(A1)", plan.Day(60), "1"), rows);
        Assert.Contains(("30", "carriedOver", "'=1+1", "", plan.Day(60), ""), rows);
        Assert.Contains(("30", "checkInDone", "'=We met", "", "", ""), rows);
        Assert.Contains(("undated", "action", "Some day", "", "", "0"), rows);
        Assert.Contains("Accept", headers.Vary);
        // The one that was kept has its own forms.
        var (kept, _) = await TableAsync(plan, $"{plan.Path}/check-ins/{(await plan.Everything.ReadAsync($"{plan.Path}/check-ins"))["items"]![0]!["id"]}/chart");
        Assert.Contains(("30", "action", "'=1+1", "'@SUM(A1)", plan.Day(10), "0"), kept);
    }

    [Fact]
    public async Task Pages_to_print_say_all_of_it_in_English_or_Spanish()
    {
        var plan = await api.NewChartPlanAsync(further: new { vision = "Visión: equipos en todas partes, ¿sí?" });
        await plan.StepAsync("Ask Señora Núñez", 10, new { ownerName = "Working group", toolsAndMaterials = new[] { "Sample schedules" } });
        await plan.HoldAsync(new { mark = 30, done = "We met.", frustrations = "Two schools share one bus." });

        var english = await PrintAsync(plan, $"{plan.Path}/chart");
        Assert.Equal(("Learning together", "Cedar Valley", "en"), (english.Document.Info.Title, english.Document.Info.Author, english.Document.Language));
        Assert.Equal((792, 612), ((int)english.Document.Pages[0].Width.Point, (int)english.Document.Pages[0].Height.Point));
        foreach (var words in (string[])["Learning together", "Cedar Valley", "Visión: equipos en todas partes, ¿sí?", "30 days", "120 days", "District leadership", "Ask Señora Núñez",
            "Working group", "Sample schedules", "What happened", "We met.", "Two schools share one bus.", "carried over once", "Closed ", "Page 1 of 1"])
            Assert.Contains(words, english.All, StringComparison.Ordinal);

        var spanish = await PrintAsync(plan, $"{plan.Path}/chart?paper=a4", "es-MX, en;q=0.5");
        Assert.Equal("es", spanish.Document.Language);
        Assert.Equal((842, 595), ((int)spanish.Document.Pages[0].Width.Point, (int)spanish.Document.Pages[0].Height.Point));
        foreach (var words in (string[])["30 días", "Enfoque principal", "Lo que ocurrió", "Página 1 de 1", "¿Dónde queremos estar dentro de un año?"])
            Assert.Contains(words, spanish.All, StringComparison.Ordinal);

        var kept = await PrintAsync(plan, $"{plan.Path}/check-ins/{(await plan.Everything.ReadAsync($"{plan.Path}/check-ins"))["items"]![0]!["id"]}/chart");
        Assert.Contains("As it stood on ", kept.All, StringComparison.Ordinal);
        await (await plan.Everything.GetAsync($"{plan.Path}/chart?paper=a3", Ct)).ExpectAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_chart_that_is_known_is_not_sent_again_in_any_form()
    {
        var plan = await api.NewChartPlanAsync();
        await plan.StepAsync("Meet", 10);
        var tags = new HashSet<string>();

        foreach (var form in (string[])["application/json", "text/csv", "application/pdf"])
        {
            using var first = await GetAsync(plan, $"{plan.Path}/chart", form);
            using var again = await GetAsync(plan, $"{plan.Path}/chart", form, ifNoneMatch: first.Headers.ETag!.ToString());
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
            Assert.Equal(form, first.Content.Headers.ContentType!.MediaType);
            tags.Add(first.Headers.ETag.Tag);
        }

        Assert.Equal(3, tags.Count);
        await plan.StepAsync("Meet again", 10);
        using var changed = await GetAsync(plan, $"{plan.Path}/chart", "application/json");
        Assert.DoesNotContain(changed.Headers.ETag!.Tag, tags);
    }

    [Fact]
    public async Task Many_who_print_at_once_all_get_their_pages()
    {
        var plan = await api.NewChartPlanAsync();
        await plan.StepAsync("Meet", 10);

        var printed = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => PrintAsync(plan, $"{plan.Path}/chart", n % 2 == 0 ? "en" : "es")));

        Assert.All(printed, pages => Assert.Contains("Meet", pages.All, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chart_of_more_words_than_are_set_as_pages_is_read_otherwise()
    {
        var plan = await api.NewChartPlanAsync();
        var words = string.Concat(Enumerable.Repeat("Word ", 4_000));
        await Task.WhenAll(Enumerable.Range(0, 51).Select(n => plan.StepAsync($"Step {n}", 10, new { expectedBenefits = $"{n}{words[4..]}", expectedFrustrations = $"{n}{words[4..]}" })));

        using var printed = await GetAsync(plan, $"{plan.Path}/chart", "application/pdf");
        await printed.ExpectProblemAsync(HttpStatusCode.Conflict, "plan.chart_too_long_to_print");
        Assert.Equal(51, (await plan.ChartAsync()).Standing(30).Length);
    }

    private static async Task<(IReadOnlyList<(string Column, string Row, string Text, string Owner, string Due, string Carried)> Rows, System.Net.Http.Headers.HttpResponseHeaders Headers)> TableAsync(ChartPlan plan, string address)
    {
        using var response = await GetAsync(plan, address, "text/csv");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var table = CsvRows.Read(await response.Content.ReadAsByteArrayAsync(Ct), 1_000);
        Assert.Null(table.Fault);
        var at = table.Rows[0].Cells.Index().ToDictionary(cell => cell.Item, cell => cell.Index);
        return ([.. table.Rows.Skip(1).Select(row => row.Cells).Select(cells => (cells[at["column"]], cells[at["row"]], cells[at["text"]], cells[at["owner"]], cells[at["dueOn"]], cells[at["carriedOver"]]))], response.Headers);
    }

    private static async Task<PdfWords> PrintAsync(ChartPlan plan, string address, string? language = null)
    {
        using var response = await GetAsync(plan, address, "application/pdf", language);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return PdfWords.Read(await response.Content.ReadAsByteArrayAsync(Ct));
    }

    private static async Task<HttpResponseMessage> GetAsync(ChartPlan plan, string address, string accept, string? language = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", accept);
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await plan.Everything.SendAsync(request, Ct);
    }
}
