using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Teams;

/// <summary>A group that members of teams stand for, beside those that the service brings along: the tenant's own, such as one bargaining unit of several.</summary>
public sealed partial class TeamConstituency : TenantEntity
{
    public const int NameMaxLength = 100;

    /// <summary>How many a tenant may have of its own.</summary>
    public const int MaxPerTenant = 200;

    /// <summary>Those that the service brings along, code and name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Shipped = new Dictionary<string, string>
    {
        ["teacher"] = "Teachers",
        ["administrator"] = "Administrators",
        ["bargainingUnit"] = "Exclusive bargaining unit",
        ["paraeducator"] = "Paraeducators",
        ["classifiedStaff"] = "Classified staff",
        ["districtStaff"] = "District staff",
        ["specialist"] = "Coaches and specialists",
        ["parent"] = "Parents and guardians",
        ["student"] = "Students",
        ["community"] = "Community",
        ["board"] = "Governing board",
        ["higherEducation"] = "Higher education",
    };

    private TeamConstituency()
    {
    }

    /// <summary>By which members and rules name it.</summary>
    public string Code { get; private init; } = "";

    public string Name { get; private set; } = "";

    public static TeamConstituency Create(string code, string name) => new() { Code = code, Name = name };

    public static bool IsCode(string? text) => text is not null && Codes().IsMatch(text);

    public void Rename(string name) => Name = name;

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9]{1,39}\z")]
    private static partial Regex Codes();
}
