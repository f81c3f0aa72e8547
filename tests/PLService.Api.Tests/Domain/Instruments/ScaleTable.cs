namespace PLService.Api.Tests.Domain.Instruments;

/// <summary>
/// The shapes of scales and thresholds that instruments in use have, each as a small document. All wording is made up here;
/// only numbers of levels, axes and thresholds are those of the instrument that a row is named after.
/// </summary>
internal static class ScaleTable
{
    private const string OneAxis = """[{"code":"rating","title":{"en":"Rating"},"scale":"scale"}]""";

    public static IReadOnlyDictionary<string, string> Documents { get; } = new Dictionary<string, string>
    {
        ["wa-tpl"] = Document("wa-tpl", "null", Scales("bestFirst", Level("green", 2, true), Level("yellow", 1), Level("red", 0)), OneAxis,
            Section("VIS", Item("VIS")) + "," + Section("LEA", Item("LEA"))),

        ["pdredesign"] = Document("pdredesign", "1",
            Scales("bestLast", Level("1", 1), Level("2", 2), Level("3", 3, true), Level("4", 4, true),
                """{"code":"skip","label":{"en":"Skip"}}"""),
            OneAxis,
            Section("ENG", Described("ENG.1", "1", "2", "3", "4") + "," + Described("ENG.2", "1", "2", "3", "4"), "teachers")
                + "," + Section("POL", Described("POL.1", "1", "2", "3", "4"), "conditions"),
            """{"gap":{"match":"any","conditions":[{"measure":"mean","below":2}]}}"""),

        ["tfi"] = Document("tfi", "1", Points("0", "1", "2"), OneAxis,
            Section("T1", Items("T1", 5)) + "," + Section("T2", Items("T2", 5)) + "," + Section("T3", Items("T3", 5)),
            """
            {"strength":{"match":"all","conditions":[{"measure":"pointsShare","atLeast":0.7}]},
             "total":{"measure":"pointsShare","atLeast":0.7}}
            """),

        ["dca"] = Document("dca", "1", Points("0", "1", "2"), OneAxis,
            Section("LEAD", Described("LEAD.1", "0", "1", "2") + "," + Described("LEAD.2", "0", "1", "2"))
                + "," + Section("COMP", Described("COMP.1", "0", "1", "2") + "," + Described("COMP.2", "0", "1", "2")),
            """
            {"strength":{"match":"all","conditions":[{"measure":"pointsShare","atLeast":0.8}]},
             "gap":{"match":"all","conditions":[{"measure":"pointsShare","below":0.8}]},"total":{"measure":"pointsShare","atLeast":0.8}}
            """),

        ["pbis-sas"] = Document("pbis-sas", "1",
            Scale("status", "bestFirst", Level("in", 2, true), Level("partial", 1), Level("not", 0))
                + "," + Scale("priority", "bestFirst", Level("high", 3, true), Level("medium", 2), Level("low", 1)),
            """
            [{"code":"status","title":{"en":"Status"},"scale":"status"},
             {"code":"priority","title":{"en":"Priority"},"scale":"priority"}]
            """,
            Section("SCHOOL", Items("SCHOOL", 2)),
            """{"strength":{"match":"all","conditions":[{"measure":"levelShare","levels":["in"],"atLeast":0.8}]}}"""),

        ["indistar"] = Document("indistar", "1",
            Scale("level", "bestLast",
                NeedsComment("no-not-priority", 0), Level("no", 0), Level("limited", 1), NeedsComment("full", 2, true))
                + "," + Scale("three", "bestLast", Level("1", 1), Level("2", 2), Level("3", 3, true)),
            """
            [{"code":"implementation","title":{"en":"Implementation"},"scale":"level"},
             {"code":"priority","title":{"en":"Priority"},"scale":"three"},
             {"code":"opportunity","title":{"en":"Opportunity"},"scale":"three"}]
            """,
            Section("TEAM", Items("TEAM", 2))),

        ["future-ready"] = Document("future-ready", "1",
            """
            {"code":"scale","title":{"en":"Stage"},"direction":"bestLast","numeric":{"min":0,"max":10,"step":1,"favorableFrom":8},"bands":[
             {"code":"investigating","label":{"en":"Look around"},"from":0,"to":3},
             {"code":"envisioning","label":{"en":"Imagine"},"from":4,"to":5},
             {"code":"planning","label":{"en":"Plan"},"from":6,"to":7},
             {"code":"staging","label":{"en":"Set up"},"from":8,"to":10}]}
            """,
            OneAxis, Section("GEAR", Described("GEAR.1", "0", "4", "8") + "," + Item("GEAR.2"))),

        ["ers"] = Document("ers", "1", Points("1", "2", "3", "4").Replace("\"levels\"",
            """
            "bands":[{"code":"needs-most","label":{"en":"Much to do"},"from":1,"to":1.75},
             {"code":"needs","label":{"en":"To do"},"from":1.75,"to":2.5},
             {"code":"close","label":{"en":"Nearly there"},"from":2.5,"to":3.25},
             {"code":"best","label":{"en":"There"},"from":3.25,"to":4}],"levels"
            """, StringComparison.Ordinal), OneAxis,
            Section("CUR", Items("CUR", 3)) + "," + Section("COL", Items("COL", 3)) + "," + Section("FEE", Items("FEE", 3))),

        ["ic-map"] = Document("ic-map", "1",
            Scales("bestFirst", Level("1", 4, true), Level("2", 3, true), Level("3", 2), Level("4", 1)), OneAxis,
            Section("LEAD.P", Described("LEAD.P.1", "1", "2", "3", "4"), "principal") + ","
                + Section("LEAD.C",
                    Described("LEAD.C.1", "1", "4")[..^1] + ""","role":"coach","emptyLevels":{"rating":["2","3"]}}""", "coach")),

        ["sai"] = Document("sai", "1",
            Scales("bestFirst",
                Level("always", 4, true), Level("frequently", 3, true), Level("sometimes", 2), Level("seldom", 1), Level("never", 0),
                """{"code":"dont-know","label":{"en":"Don't know"}}"""),
            OneAxis, Section("DATA", Items("DATA", 3))),

        ["tpep"] = Document("tpep", "1",
            Scales("bestLast", Level("U", 1), Level("B", 2), Level("P", 3, true), Level("D", 4, true)), OneAxis,
            Section("C1", Described("C1.1", "U", "B", "P", "D"))),

        ["edscls"] = Document("edscls", "1",
            """
            {"code":"scale","title":{"en":"Scale score"},"direction":"bestLast",
             "numeric":{"min":100,"max":500,"step":1,"favorableFrom":300},
             "bands":[{"code":"low","label":{"en":"Low"},"from":100,"to":300},{"code":"middle","label":{"en":"Middle"},"from":300,"to":400},
             {"code":"high","label":{"en":"High"},"from":400,"to":500}]}
            """,
            OneAxis, Section("TOPICS", Items("T", 13))),

        ["cognia"] = Document("cognia", "1",
            Scales("bestLast", Level("insufficient", 1), Level("initiate", 2), Level("improve", 3, true), Level("impact", 4, true)),
            OneAxis,
            Section("SCHOOL", Described("SCHOOL.1", "initiate", "impact"), "school") + "," + Section("SYSTEM", Item("SYSTEM.1"), "system")),

        ["cdc-pd"] = Document("cdc-pd", "1",
            Scales("bestLast",
                Level("1", 1, false, "Not so far"), Level("2", 2), Level("3", 3), Level("4", 4, true), Level("5", 5, true, "Done")),
            OneAxis,
            Section("BASE", Items("BASE", 2))),
    };

    private static string Document(string code, string marks, string scales, string axes, string sections, string? thresholds = null) =>
        $$"""
        {"code":"{{code}}","version":"1","title":{"en":"Shape of {{code}}"},
         "source":"PLService tests","year":2026,"marksPerParticipant":{{marks}},
         "scales":[{{scales}}],"axes":{{axes}},{{(thresholds is null ? "" : $"\"thresholds\":{thresholds},")}}"sections":[{{sections}}]}
        """;

    private static string Scales(string direction, params string[] levels) => Scale("scale", direction, levels);

    private static string Scale(string code, string direction, params string[] levels) =>
        $$"""{"code":"{{code}}","title":{"en":"Scale"},"direction":"{{direction}}","levels":[{{string.Join(',', levels)}}]}""";

    /// <summary>A scale whose codes are its scores, the upper half of them favorable.</summary>
    private static string Points(params string[] scores) =>
        Scales("bestLast", [.. scores.Select((score, i) => Level(score, int.Parse(score, null), i >= (scores.Length + 1) / 2))]);

    private static string Level(string code, int score, bool favorable = false, string? label = null) =>
        $$$"""{"code":"{{{code}}}","label":{"en":"{{{label ?? $"Answer {code}"}}}"},"score":{{{score}}}"""
        + $",\"favorable\":{(favorable ? "true" : "false")}}}";

    private static string NeedsComment(string code, int score, bool favorable = false) =>
        Level(code, score, favorable)[..^1] + ",\"commentRequired\":true}";

    private static string Section(string code, string items, string? group = null) =>
        $$$"""{"code":"{{{code}}}","title":{"en":"Part {{{code}}}"},"""
        + (group is null ? "" : $"\"group\":\"{group}\",") + $"\"items\":[{items}]}}";

    private static string Item(string code) => $$$"""{"code":"{{{code}}}","text":{"en":"Statement {{{code}}}"}}""";

    private static string Items(string prefix, int number) =>
        string.Join(',', Enumerable.Range(1, number).Select(i => Item($"{prefix}.{i}")));

    private static string Described(string code, params string[] levels)
    {
        var descriptors = string.Join(',', levels.Select(level => $"\"{level}\":{{\"en\":\"What {level} looks like in {code}\"}}"));
        return Item(code)[..^1] + ",\"descriptors\":{\"rating\":{" + descriptors + "}}}";
    }
}
