namespace PLService.Api.Features.ToolkitRuns;

/// <summary>Somebody who did something in a team.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Name">The person's name.</param>
internal sealed record TeamPerson(Guid PersonId, string Name)
{
    internal static readonly TeamPerson Sample = new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000021"), "Ada Moreno");

    /// <summary>Null for what a machine did.</summary>
    internal static TeamPerson? Of(Guid? id, IReadOnlyDictionary<Guid, string> names) => id is { } person && names.TryGetValue(person, out var name) ? new(person, name) : null;
}
