using System.Globalization;
using System.Text;

namespace PLService.Bench.Data;

/// <summary>A file as W1 imports it.</summary>
internal sealed record ImportFile(string Path, string Round, int Districts, int Participants)
{
    public const string Header = "district_nces_id,assessment_external_id,participant_key,item_code,level,rated_at,comment";

    private static readonly string[] LevelCodes = ["green", "yellow", "red", "dont-know"];

    private static readonly string[] Comments =
    [
        "We have seen this in every school that we visited.",
        "\"Partly, and only where a coach is on staff\"",
        "\"The minutes of March say \"\"not yet\"\", and nothing has changed\"",
        "Lo hacemos solo en algunas escuelas",
    ];

    public int Rows => Districts * Participants * Workload.Items;

    public int Responses => Districts * Participants;

    /// <summary>Writes the slice of the fifth half-year under a label of its own, so that no two imports of a run meet the same keys.</summary>
    /// <param name="workload">Gives districts, keys and answers.</param>
    /// <param name="items">Item codes in the order of the instrument.</param>
    /// <param name="label">Distinguishes the round and its external ids.</param>
    /// <param name="participants">Participants of each assessment.</param>
    /// <param name="directory">Where it is written.</param>
    public static ImportFile Write(Workload workload, IReadOnlyList<string> items, string label, int participants, string directory)
    {
        var round = $"{Workload.Fifth.Label}-{label}";
        var file = new ImportFile(System.IO.Path.Combine(directory, $"{round}.csv"), round, workload.SliceDistricts, participants);
        using var writer = new StreamWriter(file.Path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine(Header);
        Span<short> levels = stackalloc short[Workload.Items];
        for (var district = 0; district < file.Districts; district++)
        {
            var nces = Workload.NcesId(district);
            var external = Workload.ExternalId(nces, round);
            for (var participant = 0; participant < participants; participant++)
            {
                workload.Answer(district, 4, participant, levels);
                var key = Workload.ParticipantKey(participant);
                var at = Workload.Fifth.OpenedAt.AddMinutes((district * 7) + participant);
                for (var item = 0; item < levels.Length; item++)
                {
                    // One row in fifty carries a comment, as people write few.
                    var number = (district * 31) + (participant * 7) + item;
                    var comment = number % 50 == 0 ? Comments[number / 50 % Comments.Length] : "";
                    var rated = at.AddSeconds(item * 20).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                    writer.WriteLine($"{nces},{external},{key},{items[item]},{LevelCodes[levels[item]]},{rated},{comment}");
                }
            }
        }

        return file;
    }
}
