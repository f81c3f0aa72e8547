using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Teams;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>A team at work on a toolkit.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="OrganizationId">Whose team it is.</param>
/// <param name="Toolkit">Which toolkit version it works through.</param>
/// <param name="TeamName">What the team is called.</param>
/// <param name="TeamKind">What kind of team it is.</param>
/// <param name="Members">The people of the team, by name.</param>
/// <param name="Tools">The tools in their order, and how far the team is with each.</param>
/// <param name="NextTool">Code of the first tool that is neither done nor skipped; null when there is none left.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change, the first work on a tool included; the ETag.</param>
internal sealed record ToolkitRunResponse(
    Guid Id,
    Guid OrganizationId,
    ToolkitOfRun Toolkit,
    string TeamName,
    TeamKind TeamKind,
    IReadOnlyList<RunMember> Members,
    IReadOnlyList<ToolProgress> Tools,
    string? NextTool,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly DateTimeOffset SampleTime = new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero);

    internal static readonly ToolkitRunResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000200"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        new("ct-foundations", "1.0", Text.En("Professional Learning System Foundations Toolkit")), "Cedar Valley PDEC", TeamKind.Pdec,
        [new(TeamPerson.Sample.PersonId, TeamPerson.Sample.Name, "chair")],
        [
            new("1.1", Text.En("Definition and standards"), ToolState.Done, null, false, TeamPerson.Sample, SampleTime),
            new("1.2", Text.En("Key concepts"), ToolState.NotStarted, null, true, null, null),
            new("1.3", Text.En("Core ideas"), ToolState.InProgress, null, false, null, null),
        ],
        "1.2", SampleTime, SampleTime, 3);
}

/// <summary>The toolkit version of a run.</summary>
/// <param name="Code">Code of the toolkit.</param>
/// <param name="Version">Label of the version.</param>
/// <param name="Title">Its title by language.</param>
internal sealed record ToolkitOfRun(string Code, string Version, Text Title);

/// <summary>Somebody of the team.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">What the person does in the team, in the team's words.</param>
internal sealed record RunMember(Guid PersonId, string Name, string? Role);

/// <summary>How far a team is with one tool.</summary>
/// <param name="Code">The tool's code.</param>
/// <param name="Title">Its title by language.</param>
/// <param name="State">What was said of it; where nothing was, whether there is work on it.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="SkippedAhead">Whether it is not started while a tool behind it is under way or done.</param>
/// <param name="MarkedBy">Who said what state it is in; null when nobody or a machine did.</param>
/// <param name="MarkedAt">When; null when nobody did.</param>
internal sealed record ToolProgress(string Code, Text Title, ToolState State, string? Reason, bool SkippedAhead, TeamPerson? MarkedBy, DateTimeOffset? MarkedAt)
{
    /// <summary>The tools in their order with the state of each.</summary>
    /// <param name="document">The toolkit.</param>
    /// <param name="marks">What was said of tools.</param>
    /// <param name="worked">Codes of the tools that there is work on.</param>
    /// <param name="names">Names of those who said it.</param>
    internal static IReadOnlyList<ToolProgress> Of(
        ToolkitDocument document, IReadOnlyDictionary<string, ToolMark> marks, IReadOnlySet<string> worked, IReadOnlyDictionary<Guid, string> names)
    {
        var tools = new List<ToolProgress>(document.Tools.Count);
        var later = false;
        foreach (var tool in document.Tools.Reverse())
        {
            var mark = marks.GetValueOrDefault(tool.Code);
            var state = mark?.State ?? (worked.Contains(tool.Code) ? ToolState.InProgress : ToolState.NotStarted);
            tools.Add(new(tool.Code, tool.Title, state, mark?.Reason, later && state is ToolState.NotStarted, TeamPerson.Of(mark?.PersonId, names), mark?.At));
            later |= state is ToolState.InProgress or ToolState.Done;
        }

        tools.Reverse();
        return tools;
    }
}
