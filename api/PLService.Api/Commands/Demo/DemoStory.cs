using System.Text.Json;

namespace PLService.Api.Commands.Demo;

/// <summary>
/// Fills the demo tenant, chapter by chapter, over the same API as everybody's. A chapter that was told is written down and never told again, so that
/// what is changed or deleted stays so; one that was interrupted is told once more, and what it had made is found.
/// </summary>
internal sealed class DemoStory
{
    /// <summary>Chapters beside each other are told at the same time, and build on those before them; new ones go to the end.</summary>
    private static readonly (string Name, Func<Stage, CancellationToken, Task> TellAsync)[][] Acts =
    [
        [("state", StateChapter.TellAsync)],
        [("people", PeopleChapter.TellAsync), ("closedRounds", ClosedRoundsChapter.TellAsync)],
        [("openRound", OpenRoundChapter.TellAsync), ("roster", RosterChapter.TellAsync)],
        [("planning", PlanningChapter.TellAsync)],
    ];

    private readonly string _file;
    private Told _told;

    private DemoStory(string file, Told told) => (_file, _told) = (file, told);

    /// <summary>Whether nothing is left to be told.</summary>
    public bool IsTold => Acts.All(act => act.All(chapter => _told.Chapters.Contains(chapter.Name)));

    /// <summary>What was told in which tenant.</summary>
    private sealed record Told(Guid TenantId, IReadOnlyList<string> Chapters);

    /// <summary>As far as the file says that it was told in this tenant.</summary>
    public static async Task<DemoStory> OpenAsync(Guid tenantId, string file) =>
        new(file, File.Exists(file) && JsonSerializer.Deserialize<Told>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web) is { } told && told.TenantId == tenantId
            ? told
            : new(tenantId, []));

    /// <exception cref="StageException">The service refused a call.</exception>
    public async Task TellAsync(Stage stage, CancellationToken ct)
    {
        if (IsTold)
            return;

        await stage.EnterAsync(ct);
        foreach (var act in Acts)
        {
            var untold = act.Where(chapter => !_told.Chapters.Contains(chapter.Name)).ToList();
            await Task.WhenAll(untold.Select(chapter => chapter.TellAsync(stage, ct)));
            _told = _told with { Chapters = [.. _told.Chapters, .. untold.Select(chapter => chapter.Name)] };
            await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(_told, JsonSerializerOptions.Web), CancellationToken.None);
        }
    }
}
