using System.Text.Json.Nodes;

namespace PLService.Api.Commands.Demo;

/// <summary>A school whose people are invited by name and answer on their own devices: half of them have, and whoever else has the code can join.</summary>
internal static class RosterChapter
{
    private const int DaysToJoin = 365;

    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        var (district, school) = ExampleState.Schools.Single(pair => pair.School.Name == ExampleState.RosterSchool);
        var round = DemoRound.Fall2026;
        var assessment = $"/v1/assessments/{await AssessmentAsync(stage, round, school, ct)}";

        await stage.SendAsync(HttpMethod.Post, $"{assessment}/participants", new { allParticipants = true }, ct);
        // A code that was given out stays good: asking for it once more would change it.
        if (await stage.FindAsync($"{assessment}/join-code", ct) is null)
            await stage.SendAsync(HttpMethod.Post, $"{assessment}/join-code", new { expiresAt = DateTimeOffset.UtcNow.AddDays(DaysToJoin) }, ct);

        var people = await stage.PeopleAsync(ct);
        var answers = ExamplePeople.Answering.Zip(Opinions.Of(district, school, round));
        await Parallel.ForEachAsync(answers, new ParallelOptions { MaxDegreeOfParallelism = ExamplePeople.Answering.Count, CancellationToken = ct }, async (answer, token) =>
        {
            var (person, opinion) = answer;
            await stage.AsPersonAsync(people[person.Email], session => AnswerAsync(stage, assessment, session, opinion, person.Language, token), token);
        });
    }

    private static async Task<Guid> AssessmentAsync(Stage stage, DemoRound round, School school, CancellationToken ct)
    {
        var externalId = round.ExternalId(school);
        var known = await stage.ListAsync($"/v1/assessments?externalId={externalId}", ct);
        var made = known.Count > 0 ? known[0] : await stage.SendAsync(
            HttpMethod.Post, "/v1/assessments",
            new
            {
                instrument = new { code = RatingFiles.Instrument },
                round = round.Label,
                organization = new { system = "nces", value = school.Nces },
                externalId,
                mode = "confidential",
                roles = new[] { "teacher", "paraeducator" },
                windowOpensOn = round.OpensOn,
                windowClosesOn = round.ClosesOn,
                open = true,
            },
            ct);
        return (Guid)made!["id"]!;
    }

    private static async Task AnswerAsync(Stage stage, string assessment, string session, Opinion opinion, string language, CancellationToken ct)
    {
        var started = await stage.SendAsync(HttpMethod.Post, $"{assessment}/participation", new { role = opinion.Role }, ct, session);
        var token = (string)started!["token"]!;
        foreach (var (item, level) in Opinions.Items.Zip(opinion.Levels).Where(rating => rating.Second is not null))
        {
            var comment = item != "DAT.4" ? null : language == "es" ? "Los datos llegan, pero tarde." : opinion.Role == "paraeducator" ? "We get the data; we lack an hour to read it together." : null;
            // Whoever has handed in before the story was interrupted, has.
            if (await stage.SendAsync(HttpMethod.Put, $"/v1/participation/ratings/{item}", new { level, comment }, ct, token, "assessment.already_submitted") is null)
                return;
        }

        await stage.SendAsync(HttpMethod.Post, "/v1/participation/submit", new JsonObject(), ct, token);
    }
}
