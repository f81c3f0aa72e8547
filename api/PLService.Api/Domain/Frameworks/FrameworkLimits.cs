namespace PLService.Api.Domain.Frameworks;

/// <summary>How large frameworks may be. They keep a tree within one query and a statement within one row.</summary>
internal static class FrameworkLimits
{
    /// <summary>Standards of one framework.</summary>
    public const int Standards = 100_000;

    /// <summary>Levels of a tree that is made here, the top one included.</summary>
    public const int Depth = 20;

    /// <summary>Levels of a tree that are read at most: one that came in from elsewhere may be deeper than those that are made here.</summary>
    public const int ReadDepth = 100;

    /// <summary>Places in a tree that are read at most: a standard stands below each of its parents, and so does all that is below it.</summary>
    public const int Places = 2 * Standards;

    /// <summary>Links that a tenant keeps in one framework, the tree included.</summary>
    public const int Associations = 500_000;

    /// <summary>Characters of a statement, a description or notes.</summary>
    public const int TextLength = 20_000;

    /// <summary>Characters of a standard's code.</summary>
    public const int CodeLength = 100;

    /// <summary>Characters of a short form.</summary>
    public const int LabelLength = 500;

    /// <summary>Characters of the name of somebody or something: creator, publisher, subject, type of statement, grade.</summary>
    public const int NameLength = 300;

    /// <summary>Characters of a word such as a version, a status or a number in a list.</summary>
    public const int WordLength = 50;

    /// <summary>Characters of an address.</summary>
    public const int AddressLength = 2_000;

    /// <summary>Characters of a licence.</summary>
    public const int LicenceLength = 50_000;

    /// <summary>Subjects, grades or keywords of one standard or framework.</summary>
    public const int Names = 50;

    /// <summary>Words of a search.</summary>
    public const int SearchWords = 10;
}
