using System.Text.Json.Serialization;

namespace PLService.Api.Features.Imports;

/// <summary>What an import did, or in a dry run would have done.</summary>
public sealed record ImportReceipt
{
    /// <summary>Records in the file, the header not counted.</summary>
    public long Records { get; set; }

    /// <summary>Records that were taken; repeated ones are among them.</summary>
    public long Accepted { get; set; }

    /// <summary>Records with an error; the error file has them.</summary>
    public long Rejected { get; set; }

    /// <summary>Records that said again what an earlier one had said.</summary>
    public long Repeated { get; set; }

    /// <summary>Users of a roster who are none of its staff, such as students and parents: nothing of them is stored. They are not among the records.</summary>
    public long Ignored { get; set; }

    /// <summary>Assessments: made by this import, and closed by it.</summary>
    public CreatedAndClosed Assessments { get; set; } = new(0, 0);

    /// <summary>Responses, of participants.</summary>
    public Outcomes Responses { get; set; } = new(0, 0, 0);

    /// <summary>Single ratings within them.</summary>
    public Outcomes Ratings { get; set; } = new(0, 0, 0);

    /// <summary>Tallies, of paper posters.</summary>
    public Outcomes Tallies { get; set; } = new(0, 0, 0);

    /// <summary>Organizations.</summary>
    public Outcomes Organizations { get; set; } = new(0, 0, 0);

    /// <summary>People; one who is deactivated or reactivated is updated.</summary>
    public Outcomes People { get; set; } = new(0, 0, 0);

    /// <summary>Roles of people; one that is ended is updated.</summary>
    public Outcomes Memberships { get; set; } = new(0, 0, 0);

    /// <summary>Plans; one of which only a part was changed is updated.</summary>
    public Outcomes Plans { get; set; } = new(0, 0, 0);

    /// <summary>Strategies, action steps and obstacles of plans.</summary>
    public Outcomes PlanParts { get; set; } = new(0, 0, 0);

    /// <summary>Errors and warnings by code and column, the most frequent first.</summary>
    public IReadOnlyList<IssueGroup> Issues { get; set; } = [];

    /// <summary>False when there were more issues than are kept one by one; the groups count all.</summary>
    public bool IssuesComplete { get; set; } = true;

    /// <summary>Seconds from the beginning of the reading to its end.</summary>
    public double Seconds { get; set; }

    /// <summary>True: nothing of this was stored.</summary>
    public bool DryRun { get; set; }

    /// <summary>True when every record was taken.</summary>
    [JsonIgnore]
    public bool IsWhole => Rejected == 0;

    /// <param name="Created">New.</param>
    /// <param name="Updated">Changed.</param>
    /// <param name="Unchanged">Already as the file says.</param>
    public sealed record Outcomes(long Created, long Updated, long Unchanged);

    /// <param name="Created">New.</param>
    /// <param name="Closed">Closed after the rows were in.</param>
    public sealed record CreatedAndClosed(long Created, long Closed);

    /// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
    /// <param name="Code">What is wrong; stable.</param>
    /// <param name="Column">In which column, as the file names it.</param>
    /// <param name="Count">How often.</param>
    /// <param name="FirstLine">The first line on which it stands.</param>
    /// <param name="Detail">What is wrong and what helps, of the first one.</param>
    public sealed record IssueGroup(string Severity, string Code, string? Column, long Count, long FirstLine, string Detail);
}
