using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Results;
using PLService.Api.Http;

namespace PLService.Api.Features.Reports;

/// <summary>What a lens adds to reports as tables.</summary>
internal static class LensTables
{
    /// <summary>The columns that say which standard a row is of, behind those of every report.</summary>
    public static (string Header, Func<T, object?> Cell)[] Columns<T>(
        LensCoverage lens, Func<T, string?> standard, Func<T, string?> scale, Func<T, LensMatchKind?> match)
    {
        var standards = lens.Standards.ToDictionary(one => one.Standard);
        return
        [
            ("lens", _ => lens.Framework),
            ("standard", row => standard(row)),
            ("label", row => standard(row) is { } code ? standards[code].Label : null),
            ("scale", row => scale(row)),
            ("match", row => match(row)),
            ("items", row => standard(row) is { } code ? string.Join(' ', standards[code].Items.Select(item => item.Item)) : null),
        ];
    }

    /// <summary>A row per child and standard; one without a standard where there are no figures.</summary>
    public static FileContentHttpResult Of(Page<GetChildrenReport.Row> page) => Csv.File(
        "children.csv",
        page.Items.SelectMany(row => row.Standards!.DefaultIfEmpty().Select(standard => (Row: row, Standard: standard))),
        [
            ("organizationId", row => row.Row.Organization.Id),
            ("kind", row => row.Row.Organization.Kind),
            ("organization", row => row.Row.Organization.Name),
            ("round", row => row.Row.Round),
            ("withheld", row => row.Row.Withheld),
            ("n", row => row.Row.N),
            ("organizations", row => row.Row.Organizations),
            ("standard", row => row.Standard?.Standard),
            ("scale", row => row.Standard?.Scale),
            ("match", row => row.Standard?.Match),
            ("favorableShare", row => row.Standard?.FavorableShare),
        ]);
}
