using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

public sealed class CreateResponseTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Ratings_and_comments_are_stored_packed_and_the_deed_is_on_record()
    {
        var assessment = await api.OpenAssessmentAsync(roles: ["teacher"]);

        var made = await assessment.Client.CreateAsync(assessment.Address + "/responses", new
        {
            participantKey = "p-1",
            role = "teacher",
            ratings = new Dictionary<string, string> { ["A.1"] = "green", ["b.1"] = "Not yet" },
            comments = new Dictionary<string, string> { ["B.1"] = "not begun" },
        });

        Assert.Equal("""{"A.1":"green","B.1":"red"}""", made["ratings"]!.ToJsonString());
        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync());
        Assert.Equal([0, null, 2], stored.Levels);
        Assert.Equal("inProgress", (string?)made["status"]);
        var audit = await assessment.Tenant.StoredAsync(db => db.AuditEvents.SingleAsync(a => a.ResourceId == made.Id()));
        Assert.Equal(("response.created", (Guid?)assessment.DistrictId, null), (audit.Action, audit.OrganizationId, audit.Detail));
        Assert.NotNull(audit.ApiClientId);
        Assert.Equal(made.ToJsonString(), (await assessment.Client.ReadAsync($"{assessment.Address}/responses/{made.Id()}")).ToJsonString());
    }

    [Fact]
    public async Task An_instrument_with_two_axes_takes_a_level_for_each()
    {
        var assessment = await api.OpenAssessmentAsync(instrument: "two-axes");

        var both = await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"ratings":{"A.1":{"status":"green","priority":"high"}}}""");
        var first = await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"ratings":{"A.1":"red"}}""");

        Assert.Equal("""{"A.1":{"status":"green","priority":"high"}}""", both["ratings"]!.ToJsonString());
        Assert.Equal("""{"A.1":{"status":"red"}}""", first["ratings"]!.ToJsonString());
    }

    [Fact]
    public async Task An_anonymous_participant_gets_a_key_that_nobody_gave_and_nobody_reads_again()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");

        var made = await assessment.RespondAsync(null, null, ("A.1", "green"));

        Assert.Equal(32, ((string)made["participantKey"]!).Length);
        var given = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = "p-1" });
        await given.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.KeyNotTaken.Code);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, $"{assessment.Address}/responses/{made.Id()}")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ResponsesAreWithheld.Code);
        Assert.Equal(1, await assessment.Tenant.StoredAsync(db => db.Responses.CountAsync()));
    }

    [Fact]
    public async Task One_key_has_one_response()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.RespondAsync("p-1", null, ("A.1", "green"));

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = "p-1" });

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.KeyTaken.Code);
    }

    [Fact]
    public async Task Only_listed_roles_are_taken_and_any_where_none_is_listed()
    {
        var strict = await api.OpenAssessmentAsync(roles: ["teacher"]);
        var open = await api.OpenAssessmentAsync();

        await (await strict.Client.SendJsonAsync(HttpMethod.Post, strict.Address + "/responses", new { role = "parent" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownRole.Code);
        Assert.Equal("parent", (string?)(await open.RespondAsync(null, "parent"))["role"]);
    }

    [Fact]
    public async Task Nothing_is_taken_before_it_opens_or_after_it_closed()
    {
        var draft = await api.AssessmentAsync(open: false);
        var closed = await api.OpenAssessmentAsync();
        await closed.CloseAsync();

        foreach (var assessment in (TestAssessment[])[draft, closed])
        {
            await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = "p" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
            Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.Responses.CountAsync()));
            Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.ResourceType == "response")));
        }
    }

    [Fact]
    public async Task What_does_not_fit_the_instrument_is_named_with_its_place_and_never_repeated()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await assessment.Client.SendJsonAsync(
            HttpMethod.Post, assessment.Address + "/responses",
            """{"ratings":{"A.1":"secret words","Z.9":"green","A.2":{"priority":"green"}},"comments":{"Z.9":"x"}}""");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            [
                "/comments/Z.9 assessment.unknown_item", "/ratings/A.1 assessment.unknown_level", "/ratings/A.2/priority assessment.unknown_item",
                "/ratings/Z.9 assessment.unknown_item",
            ],
            problem["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handing_in_needs_the_comments_that_levels_ask_for()
    {
        var assessment = await api.OpenAssessmentAsync();

        var without = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", """{"ratings":{"A.1":"red"},"submit":true}""");
        var with = await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"ratings":{"A.1":"red"},"comments":{"A.1":"why"},"submit":true}""");

        var problem = await without.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.Incomplete.Code);
        Assert.Equal("/comments/A.1", (string?)problem["errors"]![0]!["pointer"]);
        Assert.Equal("submitted", (string?)with["status"]);
        Assert.NotNull(with["submittedAt"]);
    }

    [Fact]
    public async Task Where_people_place_many_dots_only_tallies_are_taken()
    {
        var assessment = await api.OpenAssessmentAsync(instrument: "poster");

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = "p" });

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.TalliesOnly.Code);
    }

    [Fact]
    public async Task An_assessment_that_cannot_be_reached_is_not_there_whatever_the_body_says()
    {
        var assessment = await api.OpenAssessmentAsync();

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), (await api.NewTenantAsync()).Everything()])
        {
            foreach (var body in (string[])["{}", """{"ratings":{"Z.9":"green"}}"""])
                await (await client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", body)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        }
    }

    [Fact]
    public async Task The_same_request_under_one_key_makes_one_response()
    {
        var assessment = await api.OpenAssessmentAsync();
        var body = """{"ratings":{"A.1":"green"}}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", body, idempotencyKey: "once")));
        var again = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", body, idempotencyKey: "once");

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        await again.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal(1, await assessment.Tenant.StoredAsync(db => db.Responses.CountAsync()));
    }

    [Theory]
    [InlineData("""{"ratings":{"A.1":3}}""")]
    [InlineData("""{"ratings":{"A.1":["green"]}}""")]
    [InlineData("""{"rating":{}}""")]
    public async Task What_is_not_shaped_like_a_response_is_refused(string body)
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", body);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task A_nul_character_in_a_comment_is_a_fault_of_the_request()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new JsonObject { ["comments"] = new JsonObject { ["A.1"] = "a\0b" } });

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid_characters");
    }

    [Fact]
    public async Task Without_the_scope_it_is_forbidden()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await assessment.Tenant.Only(Scopes.ResponsesRead).SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", "{}");

        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }
}
