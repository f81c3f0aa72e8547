using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>
/// When the use of a statement fails with which Npgsql prepares it by itself, the driver's memory of it is wrong (npgsql/npgsql#6391), and
/// the next use on the connection would fail for no reason of its own. Whichever use fails, the next ones must be right.
/// </summary>
public sealed class FailedStatementTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_statement_that_failed_does_no_harm_to_the_next_use(int usesBefore)
    {
        api.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().Clear();
        var assessment = await api.OpenAssessmentAsync();
        for (var i = 1; i < usesBefore; i++)
            await RespondAsync("fine", HttpStatusCode.Created);

        // jsonb takes no NUL: the statement itself fails, below EF.
        await RespondAsync("a\0b", HttpStatusCode.BadRequest);

        for (var i = 0; i < 6; i++)
            await RespondAsync("fine", HttpStatusCode.Created);

        async Task RespondAsync(string comment, HttpStatusCode status) => await (await assessment.Client.SendJsonAsync(
            HttpMethod.Post, assessment.Address + "/responses", new { comments = new Dictionary<string, string> { ["A.1"] = comment } })).ExpectAsync(status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nor_does_one_of_EFs(int usesBefore)
    {
        api.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().Clear();
        var assessment = await api.OpenAssessmentAsync();
        for (var i = 1; i < usesBefore; i++)
            await CreateAsync($"before{i}", HttpStatusCode.Created);

        // Taken: the unique index refuses, and with it the statement.
        await CreateAsync("before1", usesBefore == 1 ? HttpStatusCode.Created : HttpStatusCode.Conflict);

        for (var i = 0; i < 6; i++)
            await CreateAsync($"after{i}", HttpStatusCode.Created);

        async Task CreateAsync(string externalId, HttpStatusCode status) => await (await assessment.Client.SendJsonAsync(
            HttpMethod.Post, "/v1/assessments", new { organizationId = assessment.DistrictId, instrument = new { code = "pulse" }, round = "r", externalId })).ExpectAsync(status);
    }
}
