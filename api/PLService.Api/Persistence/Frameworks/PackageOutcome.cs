using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>What a package is made of, as its changes are told.</summary>
public enum PackagePart
{
    Framework,
    Item,
    Association,
    Definition,
    Rubric,
}

/// <summary>What became of an object.</summary>
public enum PackageOutcome
{
    Created,
    Updated,

    /// <summary>It is not in the package any more, and was taken out of the draft.</summary>
    Removed,

    /// <summary>It is not in the package any more; because people may have cited it, it stays, with the day of its end.</summary>
    Ended,

    /// <summary>It is not in the package any more, and stays as it was.</summary>
    Kept,
}

/// <summary>One object that changed.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Id">Its CASE identifier.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Was">What it was called; null when it is new.</param>
/// <param name="Is">What it is called now; null when it is gone.</param>
internal sealed record PackageChange(PackagePart Part, Guid Id, PackageOutcome Outcome, string? Was, string? Is);

/// <summary>How many objects of one part became what.</summary>
internal sealed class PackageCounts
{
    private readonly int[] _counts = new int[Enum.GetValues<PackageOutcome>().Length];

    public int Unchanged { get; set; }

    public int this[PackageOutcome outcome] => _counts[(int)outcome];

    public void Add(PackageOutcome outcome) => _counts[(int)outcome]++;
}

/// <summary>What became of a package.</summary>
internal sealed class PackageResult
{
    /// <summary>Changes that are told one by one.</summary>
    public const int MaxChanges = 1000;

    private readonly Dictionary<PackagePart, PackageCounts> _counts = Enum.GetValues<PackagePart>().ToDictionary(part => part, _ => new PackageCounts());
    private readonly List<PackageChange> _changes = [];

    public Guid FrameworkId { get; set; }
    public string Code { get; set; } = "";
    public string Title { get; set; } = "";
    public FrameworkStatus Status { get; set; }
    public long Version { get; set; }
    public bool Created { get; set; }

    /// <summary>Why nothing was taken; null when it was.</summary>
    public DomainError? Refusal { get; set; }

    /// <summary>The first <see cref="MaxChanges"/> changes.</summary>
    public IReadOnlyList<PackageChange> Changes => _changes;

    public int ChangeCount { get; private set; }

    /// <summary>Whether anything at all was written.</summary>
    public bool IsWritten { get; set; }

    public PackageCounts this[PackagePart part] => _counts[part];

    public void Add(PackageChange change)
    {
        _counts[change.Part].Add(change.Outcome);
        ChangeCount++;
        if (_changes.Count < MaxChanges)
            _changes.Add(change);
    }
}

/// <summary>How a package is taken.</summary>
/// <param name="Code">Code of a framework that is new; null makes one of the title.</param>
/// <param name="Publish">Whether a draft is published with it.</param>
/// <param name="IsWhole">Whether what it leaves out is gone; otherwise it stays.</param>
internal sealed record PackageTaking(string? Code, bool Publish, bool IsWhole = true);
