using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Priorities of district X.</summary>
internal sealed partial class Side
{
    /// <summary>The path of a new list of priorities with one priority, made from a new closed assessment; with voting open, or not opened.</summary>
    public async Task<(string List, string Priority)> NewPriorityAsync(string ordering = "dotVote", bool open = false)
    {
        var assessment = (await NewClosedAssessmentAsync()).Split('/')[^1];
        var made = await Everything.CreateAsync("/v1/priority-lists", new { assessmentId = assessment, title = Text("Priorities"), ordering });
        var list = $"/v1/priority-lists/{Remember(made["list"]!.AsObject()).Id()}";
        var priority = Remember(await Everything.CreateAsync($"{list}/priorities", NewPriority("A.1")));
        if (open)
            await ChangeAsync(HttpMethod.Post, $"{list}/voting/open", list);
        return (list, $"{list}/priorities/{priority.Id()}");
    }

    public object NewPriority(string item) => new { title = Text("Priority"), reason = Text("Reason"), items = new[] { item } };

    /// <summary>The path of what a group voted on paper.</summary>
    public async Task<string> NewPaperVotesAsync()
    {
        var (list, priority) = await NewPriorityAsync(open: true);
        var path = $"{list}/votes/paper/{DistrictCanary}";
        await (await Everything.SendJsonAsync(HttpMethod.Put, path, NewPaperVotes(priority))).ExpectAsync(HttpStatusCode.Created);
        return path;
    }

    public static object NewPaperVotes(string priority) => new { voters = 6, votes = NewVotes(priority) };

    public static object[] NewVotes(string priority) => [new { priorityId = priority.Split('/')[^1], dots = 2 }];
}
