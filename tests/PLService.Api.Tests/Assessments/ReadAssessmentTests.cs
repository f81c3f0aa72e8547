using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Assessments;

/// <summary>Get and list.</summary>
public sealed class ReadAssessmentTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_is_not_sent_again_while_it_stays_the_same()
    {
        var assessment = await api.OpenAssessmentAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, assessment.Address);
        request.Headers.TryAddWithoutValidation("If-None-Match", assessment.Created.ETag());
        var response = await assessment.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(assessment.Created.ETag(), response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Unknown_ids_and_those_of_others_are_not_there()
    {
        var assessment = await api.OpenAssessmentAsync();
        var other = await api.NewTenantAsync();

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), other.Everything()])
            await (await client.SendJsonAsync(HttpMethod.Get, assessment.Address)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, $"/v1/assessments/{Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        Assert.Equal(assessment.Id, (await assessment.Tenant.Within(assessment.DistrictId).ReadAsync(assessment.Address)).Id());
    }

    [Fact]
    public async Task The_list_is_newest_first_and_read_page_by_page()
    {
        var first = await api.OpenAssessmentAsync();
        var ids = new List<Guid> { first.Id };
        for (var i = 0; i < 4; i++)
            ids.Add((await first.Client.CreateAsync("/v1/assessments", new { organizationId = first.StateId, instrument = new { code = "plsr" }, round = $"r{i % 2}" })).Id());
        ids.Reverse();

        var seen = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await first.Client.ReadAsync($"/v1/assessments?limit=2&count=true{cursor}");
            Assert.Equal(5, (int)page["count"]!);
            seen.AddRange(Ids(page));
            cursor = (string?)page["nextCursor"] is { } next ? "&cursor=" + next : null;
        }

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task Filters_narrow_the_list_together()
    {
        var first = await api.OpenAssessmentAsync();
        var second = await first.Client.CreateAsync("/v1/assessments", new
        {
            organizationId = first.StateId,
            instrument = new { code = "plsr" },
            round = "2027-spring",
            externalId = "S-1",
        });

        async Task Expect(string query, params Guid[] expected) => Assert.Equal(expected, Ids(await first.Client.ReadAsync("/v1/assessments?" + query)));

        await Expect($"organizationId={first.StateId}", second.Id());
        await Expect($"withinOrganizationId={first.StateId}", second.Id(), first.Id);
        await Expect($"withinOrganizationId={first.DistrictId}", first.Id);
        await Expect("instrument=pulse", first.Id);
        await Expect("round=2027-spring", second.Id());
        await Expect("status=open", first.Id);
        await Expect("externalId=S-1&status=draft", second.Id());
        await Expect("externalId=S-1&status=open");
    }

    [Fact]
    public async Task The_list_ends_where_the_subtree_and_the_tenant_end()
    {
        var assessment = await api.OpenAssessmentAsync();
        await api.OpenAssessmentAsync();

        Assert.Equal([assessment.Id], Ids(await assessment.Client.ReadAsync("/v1/assessments")));
        Assert.Empty(Ids(await (await assessment.SiblingAsync()).ReadAsync("/v1/assessments")));
        Assert.Empty(Ids(await (await assessment.SiblingAsync()).ReadAsync($"/v1/assessments?withinOrganizationId={assessment.StateId}")));
    }

    private static IEnumerable<Guid> Ids(JsonObject list) => list["items"]!.AsArray().Select(item => item!.AsObject().Id());
}
