using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>
/// The modes hold against somebody who has the tenant's whole database, the export, the audit trail and the change feed, and has seen in which
/// order people came. Every attack first succeeds on a named assessment, so that it is known to be one.
/// </summary>
public sealed class ModeTests(ModeTests.Round round) : IClassFixture<ModeTests.Round>
{
    private const int People = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => [.. Attacks.All.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_named_assessment_tells_who_said_what(string way)
    {
        var links = Attacks.All[way](round.Closed["named"].Loot, round.Closed["named"].People).ToList();

        Assert.NotEmpty(links);
        Assert.True(links.Count(round.Closed["named"].IsTrue) >= links.Count * 0.9, $"{links.Count(round.Closed["named"].IsTrue)} of {links.Count} were right: this is no attack.");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_confidential_assessment_does_not(string way) => Holds(round.Closed["confidential"], way);

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_anonymous_assessment_does_not(string way) => Holds(round.Closed["anonymous"], way);

    /// <summary>What needs no knowledge of who came when fails even while the assessment is open.</summary>
    [Theory]
    [InlineData("both tables by the places of their rows")]
    [InlineData("both tables by the transactions of their rows")]
    [InlineData("the nearest transaction")]
    [InlineData("a row that names both")]
    [InlineData("the key, guessed from the person's id")]
    public void The_tables_alone_tell_nothing_while_people_answer(string way)
    {
        Holds(round.Open["confidential"], way);
        Holds(round.Open["anonymous"], way);
        Assert.True(Attacks.All[way](round.Open["named"].Loot, round.Open["named"].People).Count(round.Open["named"].IsTrue) >= People * 0.9);
    }

    [Theory]
    [InlineData("confidential")]
    [InlineData("anonymous")]
    public void Nothing_is_told_apart_by_times_and_no_act_is_on_record(string mode)
    {
        var loot = round.Closed[mode].Loot;
        var opened = loot.Rows.Single(row => row.Table == "pls.assessment").Value("opened_at");

        foreach (var column in (string[])["created_at", "updated_at", "rated_at", "submitted_at"])
            Assert.Equal([opened], loot.Responses.Select(row => row.Value(column)).Distinct());
        Assert.Single(loot.Responses.Select(row => row.Transaction).Distinct());
        // A version counts the changes that somebody made: the one who did not hand in made one less.
        Assert.Single(loot.Responses.Select(row => row.Value("version")).Distinct());
        Assert.Equal(2, round.Closed["named"].Loot.Responses.Select(row => row.Value("version")).Distinct().Count());
        Assert.All(loot.Participations, row => Assert.Null(row.Columns["started_on"] ?? row.Columns["submitted_on"]));
        // That a coordinator asked for the list is on record; nothing else is about a response.
        Assert.DoesNotContain(loot.Audit, item => (string?)item["resourceType"] is "response" or "participation" && (string?)item["action"] != "response.listed");
        Assert.DoesNotContain(loot.Rows, row => row.Table == "pls.idempotency_record");
    }

    [Fact]
    public void Anonymous_rows_say_no_more_than_who_has_begun()
    {
        var loot = round.Closed["anonymous"].Loot;

        Assert.Equal(["started"], loot.Participations.Select(row => row.Value("status")).Distinct());
        Assert.Empty(loot.Export);
    }

    [Fact]
    public async Task Names_that_were_typed_cannot_be_guessed_from_a_confidential_key()
    {
        var assessment = await round.OpenAssessmentAsync("confidential");
        await assessment.JoinedAsync("Ada");

        var stored = await assessment.Tenant.StoredAsync(async db => (await db.Responses.Select(r => r.ParticipantKey).SingleAsync(Ct), await db.Participations.Select(p => p.ParticipantKey).SingleAsync(Ct)));

        Assert.Equal("Ada", stored.Item2);
        Assert.Matches("^~[A-Za-z0-9_-]{43}$", stored.Item1);
        var other = await round.OpenAssessmentAsync("confidential");
        await other.JoinedAsync("Ada");
        Assert.NotEqual(stored.Item1, await other.Tenant.StoredAsync(db => db.Responses.Select(r => r.ParticipantKey).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Closing_a_discreet_assessment_keeps_every_answer_and_its_token()
    {
        var assessment = await round.OpenAssessmentAsync("anonymous");
        var (me, other) = (await assessment.JoinedAsync(), await assessment.JoinedAsync());
        await me.RateAsync("A.1", "green");
        await me.RateAsync("B.1", "dont-know");
        var before = await me.ReadAsync();

        var closed = await assessment.CloseAsync();
        await (await assessment.TransitionAsync("reopen", new { reason = "One more day." })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1, (int)closed["resultRevision"]!);
        var now = await me.ReadAsync();
        Assert.Equal(before["ratings"]!.ToJsonString(), now["ratings"]!.ToJsonString());
        // Closing has taken in what was rated; who goes on takes it back first.
        Assert.Equal(("submitted", "inProgress"), ((string?)now["status"], (string?)(await other.ReadAsync())["status"]));
        await (await me.WithdrawAsync()).ExpectAsync(HttpStatusCode.OK);
        await me.RateAsync("A.1", "yellow");
        Assert.Equal([1, null, 3], await assessment.Tenant.StoredAsync(db => db.Responses.Where(r => r.Id == me.ResponseId).Select(r => r.Levels).SingleAsync(Ct)));
    }

    private static void Holds(Taken taken, string way)
    {
        var links = Attacks.All[way](taken.Loot, taken.People).ToList();
        var right = links.Where(taken.IsTrue).Select(link => link.Person).Distinct().Count();

        // Chance links one of them. That it links nine of twelve does not happen once in a million times.
        Assert.True(right < 9 && (links.Count > 1 || right == 0), $"{way}: {right} of {People} people were linked to what they said.");
    }

    /// <summary>What was looted, who came in which order, and what is true.</summary>
    internal sealed record Taken(Loot Loot, IReadOnlyList<Guid> People, IReadOnlyDictionary<Guid, Guid> Truth)
    {
        public bool IsTrue(Link link) => Truth.TryGetValue(link.Person, out var response) && response == link.Response;
    }

    /// <summary>An assessment of each mode that the same number of invited people answered, one after the other, the last of whom has not handed in.</summary>
    public sealed class Round : ApiServer, IAsyncLifetime
    {
        internal Dictionary<string, Taken> Open { get; } = [];

        internal Dictionary<string, Taken> Closed { get; } = [];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            foreach (var mode in (string[])["named", "confidential", "anonymous"])
                await PlayAsync(mode, await this.OpenAssessmentAsync(mode));
        }

        private async Task PlayAsync(string mode, TestAssessment assessment)
        {
            var people = new List<Guid>();
            var truth = new Dictionary<Guid, Guid>();
            var invited = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => assessment.NewParticipantAsync()));
            await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { allParticipants = true })).ExpectAsync(HttpStatusCode.OK);
            foreach (var person in invited.OrderBy(_ => Random.Shared.Next()))
            {
                var participant = await assessment.StartedAsync(person);
                await participant.RateAsync("A.1", people.Count % 2 == 0 ? "green" : "yellow");
                people.Add(person.Id);
                truth.Add(person.Id, participant.ResponseId);
                if (people.Count < People)
                    await (await participant.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
            }

            Open[mode] = new(await Loot.TakeAsync(this, assessment), people, truth);
            await assessment.CloseAsync();
            Closed[mode] = new(await Loot.TakeAsync(this, assessment), people, truth);
        }
    }
}
