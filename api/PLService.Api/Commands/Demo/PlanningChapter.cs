using System.Text.Json.Nodes;

namespace PLService.Api.Commands.Demo;

/// <summary>
/// A school that acts on what its people said in the spring: the district's committee orders the gaps by dots, the school plans on the chart of the protocol, and has looked
/// back twice. Beside it, the committee works through the toolkit.
/// </summary>
internal static class PlanningChapter
{
    private static readonly DateOnly Start = new(2026, 8, 31);

    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        var (district, school) = ExampleState.Schools.Single(pair => pair.School.Name == ExampleState.RosterSchool);
        var places = await stage.OrganizationsAsync(ct);
        var home = places[("nces", district.Nces)];
        var people = await stage.PeopleAsync(ct);
        // Everything here has a name of its own, under which it is made once even when the chapter was interrupted.
        async Task<JsonNode> MakeAsync(string name, string path, object body) => await stage.MakeAsync($"planning: {name}", path, body, ct);

        var committee = IdOf(await MakeAsync("committee", "/v1/teams", new
        {
            organizationId = home,
            kind = "pdec",
            name = $"{district.Name} PDEC",
            purpose = "Writes, evaluates and updates the district's professional learning plan.",
            commitments = new[] { "We decide by consensus.", "Nobody speaks for a group that is not in the room." },
            startsOn = Start,
            renewsOn = Start.AddYears(1),
        }));
        var present = new List<Guid>();
        foreach (var (email, role, constituency) in Members)
            present.Add(IdOf(await MakeAsync($"member {email}", $"/v1/teams/{committee}/members", new { personId = people[email], role, constituencies = new[] { constituency }, startsOn = Start })));
        await MakeAsync("meeting", $"/v1/teams/{committee}/meetings", new
        {
            day = Start.AddDays(7),
            from = "15:30",
            to = "17:00",
            title = "First meeting of the year",
            status = "held",
            agenda = new[] { new { title = "What the spring said", minutes = 30 }, new { title = "Dots on the gaps", minutes = 45 } },
            present,
            minutes = "The high school's results were read aloud; two tables placed their dots.",
            decisions = new[] { new { text = "The plan goes to the board in October." } },
        });

        var priorities = await PrioritiesAsync(stage, MakeAsync, DemoRound.Spring2026.ExternalId(school), ct);
        await PlanAsync(MakeAsync, places[("nces", school.Nces)], committee, priorities);
        await ToolkitAsync(stage, MakeAsync, home, $"{district.Name} PDEC", people, ct);
    }

    private static IReadOnlyList<(string Email, string Role, string Constituency)> Members { get; } =
    [
        ("ben.okafor@example.org", "chair", "administrator"), ("carla.nguyen@example.org", "facilitator", "teacher"), ("emi.sato@example.org", "member", "bargainingUnit"),
    ];

    private static async Task<IReadOnlyList<JsonNode>> PrioritiesAsync(Stage stage, Func<string, string, object, Task<JsonNode>> makeAsync, string externalId, CancellationToken ct)
    {
        var assessment = (await stage.ListAsync($"/v1/assessments?externalId={externalId}", ct))[0];
        var made = await makeAsync("priorities", "/v1/priority-lists", new { assessmentId = IdOf(assessment), ordering = "dotVote", dotsPerVoter = 3 });
        var list = $"/v1/priority-lists/{IdOf(made["list"]!)}";
        var gaps = made["priorities"]!.AsArray().Take(4).Select(gap => IdOf(gap!)).ToList();
        await makeAsync("voting", $"{list}/voting/open", new { });
        foreach (var (table, dots) in ((string, int[])[])[("Table 1", [5, 4, 2, 1]), ("Table 2", [3, 6, 1, 2])])
        {
            await stage.SendAsync(
                HttpMethod.Put, $"{list}/votes/paper/{Uri.EscapeDataString(table)}", new { voters = 5, votes = gaps.Zip(dots, (gap, count) => new { priorityId = gap, dots = count }) }, ct,
                expected: ["concurrency.if_match_required", "priority_list.voting_not_open"]);
        }

        await makeAsync("counted", $"{list}/voting/close", new { });
        return [.. (await makeAsync("adopted", $"{list}/adopt", new { top = 2 }))["priorities"]!.AsArray().Take(2).OfType<JsonNode>()];
    }

    private static async Task PlanAsync(Func<string, string, object, Task<JsonNode>> makeAsync, Guid school, Guid committee, IReadOnlyList<JsonNode> priorities)
    {
        var plan = $"/v1/plans/{IdOf(await makeAsync("plan", "/v1/plans", new
        {
            organizationId = school,
            title = "Professional learning plan 2026-27",
            template = "wa-tpl-chart",
            startsOn = Start,
            endsOn = Start.AddDays(364),
            vision = "One year from today every educator learns in a team, every week, in time that nobody takes away.",
            externalId = "quillmere-2026",
        }))}";
        await makeAsync("statement", $"{plan}/statements", new { @if = "teams have protected time each week and look at student work in it", then = "they change what they teach the week after" });
        var time = IdOf(await makeAsync("time", $"{plan}/strategies", new
        {
            title = "Time for teams that is protected",
            priorityId = IdOf(priorities[0]),
            serves = new[] { new { framework = "ct-2015", code = "RES" } },
        }));
        var data = IdOf(await makeAsync("data", $"{plan}/strategies", new
        {
            title = "Evidence that reaches teams in time",
            priorityId = IdOf(priorities[1]),
            serves = new[] { new { framework = "ct-2015", code = "DAT" } },
        }));

        // What was done in time, what came late, and what is still to come.
        async Task<Guid> StepAsync(string title, Guid strategy, int due, string benefit, string frustration) => IdOf(await makeAsync(title, $"{plan}/steps", new
        {
            title,
            strategyId = strategy,
            ownerTeamId = committee,
            dueOn = Start.AddDays(due),
            expectedBenefits = benefit,
            expectedFrustrations = frustration,
        }));
        var agree = await StepAsync("Agree on a weekly time for teams with the bargaining unit", time, 25, "Everybody knows when teams meet.", "Two schools share their buses.");
        var pilot = await StepAsync("Two schools try the new schedule", time, 50, "Teams meet every week.", "Substitutes are short in fall.");
        var reports = await StepAsync("Results of unit tests are in teams' hands within a week", data, 55, "Evidence comes while it matters.", "Another export to learn.");
        await StepAsync("All schools follow the schedule", time, 115, "No team is left out.", "The arts teachers are alone in their buildings.");
        await StepAsync("Teams show each other what they changed", data, 118, "Ideas travel.", "It takes courage.");
        await makeAsync("buses", $"{plan}/obstacles", new { title = "Two schools share their buses", kind = "schedule", severity = "high", strategyId = time, mitigation = "The second school starts ten minutes later." });
        await makeAsync("substitutes", $"{plan}/obstacles", new { title = "Too few substitutes", kind = "substitutes", severity = "medium", strategyId = time });
        await makeAsync("minutes", $"{plan}/resources", new { kind = "time", title = "Weekly team time", strategyId = time, minutesPerWeek = 60, isProtected = true });
        await makeAsync("coaches", $"{plan}/resources", new { kind = "people", title = "Learning coaches", role = "Coach", fte = 2, teachersPerLeader = 40 });
        await makeAsync("money", $"{plan}/resources", new { kind = "money", title = "Stipends of team leaders", amount = 24_000, source = "Title II-A", years = new[] { 2026, 2027 } });
        await makeAsync("active", $"{plan}/activate", new { });

        await makeAsync("check-in 30", $"{plan}/check-ins", new
        {
            mark = 30,
            done = "The time of team meetings is agreed on.",
            benefits = "Teachers know when they meet.",
            frustrations = "It took two more meetings than we thought.",
            steps = new[] { new { stepId = agree, fate = "done", doneOn = Start.AddDays(24) } },
        });
        await makeAsync("check-in 60", $"{plan}/check-ins", new
        {
            mark = 60,
            done = "One school tried the schedule; the other one waits for its buses.",
            frustrations = "The export of unit tests failed twice.",
            steps = new object[] { new { stepId = pilot, fate = "carriedOver", dueOn = Start.AddDays(100) }, new { stepId = reports, fate = "carriedOver", dueOn = Start.AddDays(100) } },
        });
        await makeAsync("note", $"{plan}/progress-notes", new { stepId = pilot, text = "The second school's buses run from December." });
    }

    private static async Task ToolkitAsync(
        Stage stage, Func<string, string, object, Task<JsonNode>> makeAsync, Guid home, string team, IReadOnlyDictionary<string, Guid> people, CancellationToken ct)
    {
        var run = IdOf(await makeAsync("toolkit", "/v1/toolkit-runs", new
        {
            toolkit = new { code = "ct-foundations" },
            organizationId = home,
            teamName = team,
            teamKind = "pdec",
            members = Members.Select(member => new { personId = people[member.Email], role = member.Role == "chair" ? "chair" : "member" }),
        }));
        await stage.SendAsync(
            HttpMethod.Patch, $"/v1/toolkit-runs/{run}/worksheets/1.4",
            new JsonObject
            {
                ["values"] = new JsonObject
                {
                    ["keyIdeas/RES"] = "Time, people and money are counted, not hoped for.",
                    ["inPractice/RES"] = "Each team has an hour in the week that no other meeting takes.",
                    ["whenMissing/RES"] = "Learning happens after school, by those who can stay.",
                    ["nextSteps/RES"] = "Ask for a schedule that has team time in it.",
                },
            },
            ct);
    }

    private static Guid IdOf(JsonNode made) => (Guid)made["id"]!;
}
