using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Participants.Modes;

namespace PLService.Api.Tests.Participants;

/// <summary>
/// What the modes promise, tried against somebody who has all that the tenant's role reads in the database and all that the service exports, knows
/// everybody's id, name, mail address and key, and has watched who joined and answered when.
/// </summary>
/// <remarks>
/// What cannot be kept from such a one while a discreet assessment is open: every change of a response is a transaction of its own, so that place and
/// transaction of its row (ctid, xmin) tell the order of the last changes. Closing ends that. For good remain: who copies the tables again and
/// again while people answer has what they say in between; the number of changes of a response (version) tells whoever counted somebody's; and a
/// confidential assessment is open to who has the participation key as well.
/// </remarks>
public sealed class ModeAttackTests(ApiServer api) : IClassFixture<ApiServer>
{
    // By chance one of twenty is right. Half or more has a probability below one in a million for each order that is tried, and so has the correlation.
    private const int TooMany = AnsweredAssessment.Size / 2;
    private const double TooStrong = 0.88;

    [Fact]
    public async Task Of_a_named_assessment_the_attacks_recover_everything()
    {
        var world = await AnsweredAssessment.MakeAsync(api, "named");
        await world.Assessment.CloseAsync();

        var loot = await world.TakeAsync();

        // Each kind by itself, so that none passes below because it finds nothing anywhere.
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.ByName(loot).Right(world));
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.ByTime(loot).Right(world));
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.BySharedValue(loot).Right(world));
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.Orders(loot).Single(belief => belief.Attack == "joined, by id").Right(world));
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.Orders(loot).Single(belief => belief.Attack == "answered, by its submitted_at").Right(world));
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.Orders(loot).Single(belief => belief.Attack == "joined, by first audit").Right(world));
    }

    [Theory]
    [InlineData("confidential")]
    [InlineData("anonymous")]
    public async Task Of_a_discreet_assessment_they_find_nothing(string mode)
    {
        var world = await AnsweredAssessment.MakeAsync(api, mode);

        var open = ModeAttacks.All(await world.TakeAsync()).ToList();
        AssertNothing(world, open.Where(belief => !belief.IsPhysical));
        Assert.Equal(AnsweredAssessment.Size, open.Single(belief => belief.Attack == "answered, by transaction").Right(world));

        await world.Assessment.CloseAsync();
        AssertNothing(world, ModeAttacks.All(await world.TakeAsync()));
    }

    [Fact]
    public async Task Only_with_the_participation_key_a_confidential_response_is_found()
    {
        var world = await AnsweredAssessment.MakeAsync(api, "confidential");
        await world.Assessment.CloseAsync();
        var options = api.Services.GetRequiredService<AccessOptions>();
        var key = Convert.FromBase64String(await File.ReadAllTextAsync(ParticipationKey.PathIn(options.SigningKeyDirectory), TestContext.Current.CancellationToken));

        var loot = await world.TakeAsync();

        Assert.Empty(ModeAttacks.ByHash(loot, []).Pairs);
        Assert.Equal(AnsweredAssessment.Size, ModeAttacks.ByHash(loot, [key]).Right(world));
    }

    [Fact]
    public async Task A_coordinator_sees_who_answered_confidentially_and_never_what()
    {
        var world = await AnsweredAssessment.MakeAsync(api, "confidential");

        foreach (var close in (bool[])[false, true])
        {
            if (close)
                await world.Assessment.CloseAsync();
            var listed = (await world.Assessment.Client.ReadAsync(world.Assessment.Address + "/participants?limit=200"))["items"]!.AsArray();
            var known = listed.Select(item => (string?)item!["personId"] ?? (string?)item["participantKey"]).ToHashSet();
            Assert.Equal(world.People.Select(who => who.Known[0]).ToHashSet(), known!);
            Assert.All(listed, item => Assert.Equal(("submitted", null, null), ((string?)item!["status"], (string?)item["startedOn"], (string?)item["submittedOn"])));

            await (await world.Assessment.Client.GetAsync(world.Assessment.Address + "/responses?ratings=true", TestContext.Current.CancellationToken))
                .ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ResponsesAreWithheld.Code);
            var responses = (await world.Assessment.Client.ReadAsync(world.Assessment.Address + "/responses?limit=200"))["items"]!.AsArray();
            Assert.Equal(AnsweredAssessment.Size, responses.Count);
            Assert.All(responses, item => Assert.True(item!["ratings"] is null && item["comments"] is null));
        }
    }

    private static void AssertNothing(AnsweredAssessment world, IEnumerable<Belief> beliefs) => Assert.All(beliefs, belief =>
    {
        var (right, correlation) = (belief.Right(world), belief.Correlation(world));
        Assert.True(right < TooMany && Math.Abs(correlation) < TooStrong, $"{belief.Attack}: {right} of {belief.Pairs.Count} right, correlation {correlation:0.00}");
    });
}
