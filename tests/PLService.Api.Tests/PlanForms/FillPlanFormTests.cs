using System.Net;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.PlanForms;

public sealed class FillPlanFormTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_plan_lacks_all_that_the_form_asks_for()
    {
        var district = await api.NewReviewedDistrictAsync();

        var filled = await district.AsLead.ReadAsync($"{district.Plan}/forms/pls-plan");

        Assert.Equal((false, 1L), ((bool)filled["isComplete"]!, (long)filled["planVersion"]!));
        Assert.Equal("Cedar Valley", (string?)filled["sections"]![0]!["entries"]![0]!["fields"]![0]!["words"]);
        Assert.Equal(
            ["/sections/1/entries/0/fields/0 vision", "/sections/2/entries ", "/sections/3/entries ", "/sections/5/entries ", "/sections/6/entries ",
                "/sections/7/entries/0/fields/0 communicationPlan", "/sections/7/entries/0/fields/3 evaluationPlan"],
            filled["missing"]!.AsArray().Select(gap => $"{gap!["pointer"]} {gap["field"]}"));
    }

    [Fact]
    public async Task A_goal_needs_a_measure_and_the_report_says_where()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        await FillAsync(district, lead);
        var strategy = (await lead.CreateAsync($"{district.Plan}/strategies", new { title = "Teams", serves = new[] { new { framework = "pl-components", code = "C18" } } })).Id();
        await lead.CreateAsync($"{district.Plan}/steps", new { title = "Agree on a time", strategyId = strategy, ownerPersonId = district.Lead.Id, dueOn = "2026-10-01" });

        var filled = await lead.ReadAsync($"{district.Plan}/forms/pls-plan");
        Assert.Equal(
            [("/sections/3/entries/0/fields/1", "plan_form.missing", strategy.ToString(), "narrative"), ("/sections/3/entries/0/within/0/entries", "plan_form.too_few", null, null)],
            filled["missing"]!.AsArray().Select(gap => ((string)gap!["pointer"]!, (string)gap["code"]!, (string?)gap["partId"], (string?)gap["field"])));
        var goal = filled["sections"]![3]!["entries"]![0]!;
        Assert.Equal("pl-components C18", (string?)goal["fields"]![2]!["words"]);
        Assert.Equal(district.Lead.Name, (string?)goal["within"]![1]!["entries"]![0]!["fields"]![1]!["words"]);

        await lead.PatchedAsync($"{district.Plan}/strategies/{strategy}", new { narrative = "Why and how." });
        var cycle = (await lead.CreateAsync($"{district.Plan}/cycles", new { title = "Try it", strategyId = strategy })).Id();
        await lead.CreateAsync($"{district.Plan}/measures", new { cycleId = cycle, name = "Teams that meet", target = 40 });
        var complete = await lead.ReadAsync($"{district.Plan}/forms/pls-plan");
        Assert.Equal((true, 0), ((bool)complete["isComplete"]!, complete["missing"]!.AsArray().Count));
        Assert.Equal("Teams that meet", (string?)complete["sections"]![3]!["entries"]![0]!["within"]![0]!["entries"]![0]!["fields"]![0]!["words"]);
        // Only money is funding, only time is time.
        Assert.Equal(("Title II", "Common planning"), ((string?)complete["sections"]![5]!["entries"]!.AsArray().Single()!["fields"]![0]!["words"],
            (string?)complete["sections"]![6]!["entries"]!.AsArray().Single()!["fields"]![0]!["words"]));
    }

    [Fact]
    public async Task As_a_table_it_has_a_row_per_field_and_says_what_is_missing()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.AsLead.CreateAsync($"{district.Plan}/strategies", new { title = "Teams, \"weekly\"" });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{district.Plan}/forms/pls-plan");
        request.Headers.Add("Accept", "text/csv");

        using var answer = await district.AsLead.SendAsync(request, Ct);
        var lines = (await answer.Content.ReadAsStringAsync(Ct)).Split("\r\n");

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("section,entry,part,field,title,value,required,missing", lines[0]);
        Assert.Equal("about,1,,organization,Organization,Cedar Valley,true,false", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("goals,1,", StringComparison.Ordinal) && line.EndsWith(",title,Goal,\"Teams, \"\"weekly\"\"\",true,false", StringComparison.Ordinal));
        Assert.Contains("measures,1,,,Measures: 0 of at least 1.,,true,true", lines);
        Assert.Contains("vision,1,,vision,Where do we want to be one year from today?,,true,true", lines);
    }

    [Fact]
    public async Task It_is_printed_with_what_is_missing_in_either_language()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        await FillAsync(district, lead);
        var team = (await district.Tenant.Everything().CreateAsync("/v1/teams", new { organizationId = district.District, name = "Working group on time", kind = "workingGroup" })).Id();
        var strategy = (await lead.CreateAsync($"{district.Plan}/strategies", new { title = "Equipos, ¿sí?" })).Id();
        await lead.CreateAsync($"{district.Plan}/steps", new { title = "Agree on a time", strategyId = strategy, ownerTeamId = team, dueOn = "2026-10-01" });

        using var english = await PrintAsync(district, "en");
        var pages = PdfWords.Read(await english.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("en", "Cedar Valley"), (pages.Document.Language, pages.Document.Info.Author));
        foreach (var words in (string[])["Equipos, ¿sí?", "Agree on a time", "Working group on time", "Title II, Part A", "Oct 1, 2026", "not started", "Missing: ", "0 of at least 1.", "Page 1 of "])
            Assert.Contains(words, pages.All, StringComparison.Ordinal);

        using var spanish = await PrintAsync(district, "es-MX", "?paper=a4");
        var hojas = PdfWords.Read(await spanish.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(842, (int)hojas.Document.Pages[0].Width.Point);
        foreach (var words in (string[])["Faltan: ", "Falta", "1 oct 2026", "sin empezar", "Página 1 de "])
            Assert.Contains(words, hojas.All, StringComparison.Ordinal);

        using var again = await PrintAsync(district, "en", ifNoneMatch: english.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.NotEqual(english.Headers.ETag, spanish.Headers.ETag);
        await (await lead.GetAsync($"{district.Plan}/forms/pls-plan?paper=a3", Ct)).ExpectAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_of_more_words_than_are_set_as_pages_is_read_otherwise()
    {
        var district = await api.NewReviewedDistrictAsync();
        var words = string.Concat(Enumerable.Repeat("Word ", 3_900));
        await Task.WhenAll(Enumerable.Range(0, 110).Select(n => district.AsLead.CreateAsync($"{district.Plan}/strategies", new { title = $"Goal {n}", narrative = $"{n} {words}" })));

        using var printed = await PrintAsync(district, "en");

        await printed.ExpectProblemAsync(HttpStatusCode.Conflict, "plan.form_too_long_to_print");
        await (await district.AsLead.GetAsync($"{district.Plan}/forms/pls-plan", Ct)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_has_an_entity_tag_of_plan_and_form_and_is_not_found_without_either()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        using var first = await lead.GetAsync($"{district.Plan}/forms/pls-plan", Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{district.Plan}/forms/pls-plan");
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await lead.SendAsync(again, Ct)).StatusCode);

        await lead.PatchedAsync(district.Plan, new { vision = "Teams." });
        using var changed = await lead.GetAsync($"{district.Plan}/forms/pls-plan", Ct);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
        await (await lead.GetAsync($"{district.Plan}/forms/none", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_form.not_found");
        await (await lead.GetAsync($"/v1/plans/{Guid.NewGuid()}/forms/pls-plan", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
    }

    private static async Task<HttpResponseMessage> PrintAsync(ReviewedDistrict district, string language, string query = "", string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{district.Plan}/forms/pls-plan{query}");
        request.Headers.Add("Accept", "application/pdf");
        request.Headers.Add("Accept-Language", language);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await district.AsLead.SendAsync(request, Ct);
    }

    private static async Task FillAsync(ReviewedDistrict district, HttpClient lead)
    {
        await lead.PatchedAsync(district.Plan, new { vision = "Teams.", communicationPlan = "A newsletter.", evaluationPlan = "A survey." });
        await lead.CreateAsync($"{district.Plan}/statements", new Dictionary<string, string> { ["if"] = "we meet", ["then"] = "we learn" });
        await lead.CreateAsync($"{district.Plan}/resources", new { title = "Title II", kind = "money", amount = 1000, source = "Title II, Part A" });
        await lead.CreateAsync($"{district.Plan}/resources", new { title = "Common planning", kind = "time", minutesPerWeek = 90 });
    }
}
