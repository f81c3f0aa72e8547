using System.Globalization;
using System.Text;

namespace PLService.Api.Commands.Demo;

/// <summary>Writes what people say as the files that schools send.</summary>
internal static class RatingFiles
{
    public const string Instrument = "plsr";

    // A word of explanation that somebody adds now and then, and to which item.
    private static readonly (string Item, string Text)[] Remarks =
    [
        ("RES.1", "Our team time is the first thing to go when a substitute is missing."), ("COM.2", "Since we look at student work together, I know what to try next week."),
        ("DAT.4", "The reports arrive after the unit is over."), ("DES.6", "Nobody planned anything for those who started in January."),
        ("RES.1", "Los equipos se reúnen, pero el tiempo casi nunca alcanza."),
    ];

    /// <summary>What the sender of such a file says of all its rows: assessments that are missing are made.</summary>
    public static (string, string)[] Options(DemoRound round) =>
    [
        ("instrument", Instrument), ("round", round.Label), ("createAssessments", "true"),
        ("windowOpens", $"{round.OpensOn:yyyy-MM-dd}"), ("windowCloses", $"{round.ClosesOn:yyyy-MM-dd}"),
    ];

    /// <summary>A row per participant, a column per item, with a comment now and then.</summary>
    public static string Wide(DemoRound round, IEnumerable<(District District, School School)> schools, double answered = 1)
    {
        var remarked = Remarks.Select(remark => remark.Item).Distinct().ToList();
        var file = new StringBuilder("school_nces_id,assessment_external_id,participant_key,role,rated_at,")
            .AppendJoin(',', Opinions.Items).Append(',').AppendJoin(',', remarked.Select(item => item + ".comment")).Append('\n');
        var row = 0;
        foreach (var (district, school) in schools)
        {
            var person = 0;
            foreach (var opinion in Opinions.Of(district, school, round, answered))
            {
                var remark = row++ % 60 == 7 ? Remarks[row / 60 % Remarks.Length] : default;
                file.Append(CultureInfo.InvariantCulture, $"{school.Nces},{round.ExternalId(school)},p-{++person:000},{opinion.Role},{opinion.At:yyyy-MM-ddTHH:mm:ssZ},")
                    .AppendJoin(',', opinion.Levels).Append(',')
                    .AppendJoin(',', remarked.Select(item => item == remark.Item ? $"\"{remark.Text}\"" : "")).Append('\n');
            }
        }

        return file.ToString();
    }

    /// <summary>Dots on posters: a row per table and item.</summary>
    public static string Tallies(DemoRound round, District district, School school)
    {
        const int PeopleAtATable = 6;
        var file = new StringBuilder("school_nces_id,assessment_external_id,group,participants,item_code,green,yellow,red\n");
        foreach (var (number, table) in Opinions.Of(district, school, round).Chunk(PeopleAtATable).Index())
        {
            for (var item = 0; item < Opinions.Items.Count; item++)
            {
                int Dots(string level) => table.Count(opinion => opinion.Levels[item] == level);
                file.Append(CultureInfo.InvariantCulture, $"{school.Nces},{round.ExternalId(school)},Table {number + 1},{table.Length},{Opinions.Items[item]},{Dots("green")},{Dots("yellow")},{Dots("red")}\n");
            }
        }

        return file.ToString();
    }
}
