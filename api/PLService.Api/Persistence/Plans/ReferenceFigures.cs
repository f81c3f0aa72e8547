using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>The published figures that ship with the service.</summary>
internal static class ReferenceFigures
{
    private const string Folder = "catalog/ReferenceFigures/";

    /// <summary>Every set, by its file.</summary>
    public static IReadOnlyList<ReferenceFigureSet> All { get; } =
    [
        .. typeof(ReferenceFigures).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    private static ReferenceFigureSet Read(string name)
    {
        using var reader = new StreamReader(typeof(ReferenceFigures).Assembly.GetManifestResourceStream(name)!);
        return PlanJson.Read<ReferenceFigureSet>(reader.ReadToEnd());
    }
}
