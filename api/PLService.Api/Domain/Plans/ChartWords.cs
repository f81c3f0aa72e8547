using System.Globalization;
using PLService.Api.Domain.Organizations;

namespace PLService.Api.Domain.Plans;

/// <summary>The words of printed charts and forms in a language.</summary>
internal sealed class ChartWords
{
    public static readonly string[] Tags = ["en", "es"];

    private static readonly ChartWords English = new("en")
    {
        Vision = "Where do we want to be one year from today?",
        Scenario = "Scenario elements",
        MajorFocus = "Major focus",
        Elements = "Element of a comprehensive professional learning system or standard",
        Tools = "Tools and materials needed",
        Challenges = "Challenges: benefits and frustrations",
        Benefits = "Benefits",
        Frustrations = "Frustrations",
        Obstacles = "Obstacles",
        BestGuess = "Best guess: what was first planned",
        Happened = "What happened",
        Done = "Done",
        CarriedOver = "Carried over",
        Dropped = "Given up",
        Notes = "Notes",
        Beyond = "After the last mark",
        Undated = "Without a due day",
        WholePlan = "Obstacles of the whole plan",
        Nothing = "–",
        GoesOn = "(continued)",
        _months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    };

    private static readonly ChartWords Spanish = new("es")
    {
        Vision = "¿Dónde queremos estar dentro de un año?",
        Scenario = "Elementos del plan",
        MajorFocus = "Enfoque principal",
        Elements = "Elemento de un sistema integral de aprendizaje profesional o estándar",
        Tools = "Herramientas y materiales necesarios",
        Challenges = "Desafíos: beneficios y frustraciones",
        Benefits = "Beneficios",
        Frustrations = "Frustraciones",
        Obstacles = "Obstáculos",
        BestGuess = "Mejor estimación: lo que se planeó al principio",
        Happened = "Lo que ocurrió",
        Done = "Hecho",
        CarriedOver = "Pasado a la columna siguiente",
        Dropped = "Abandonado",
        Notes = "Notas",
        Beyond = "Después de la última marca",
        Undated = "Sin fecha límite",
        WholePlan = "Obstáculos de todo el plan",
        Nothing = "–",
        GoesOn = "(continuación)",
        _months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    };

    private string[] _months = [];

    private ChartWords(string tag) => Tag = tag;

    /// <summary>BCP 47.</summary>
    public string Tag { get; }

    public required string Vision { get; init; }

    public required string Scenario { get; init; }

    public required string MajorFocus { get; init; }

    public required string Elements { get; init; }

    public required string Tools { get; init; }

    public required string Challenges { get; init; }

    public required string Benefits { get; init; }

    public required string Frustrations { get; init; }

    public required string Obstacles { get; init; }

    public required string BestGuess { get; init; }

    public required string Happened { get; init; }

    public required string Done { get; init; }

    public required string CarriedOver { get; init; }

    public required string Dropped { get; init; }

    public required string Notes { get; init; }

    public required string Beyond { get; init; }

    public required string Undated { get; init; }

    public required string WholePlan { get; init; }

    public required string Nothing { get; init; }

    public required string GoesOn { get; init; }

    private bool IsSpanish => this == Spanish;

    public static ChartWords In(string tag) => tag == Spanish.Tag ? Spanish : English;

    /// <summary>Oct 31, 2026 · 31 oct 2026, in one piece.</summary>
    public string Date(DateOnly day) => IsSpanish
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Day}\u00A0{_months[day.Month - 1]}\u00A0{day.Year}")
        : string.Create(CultureInfo.InvariantCulture, $"{_months[day.Month - 1]}\u00A0{day.Day},\u00A0{day.Year}");

    public string Days(int mark) => string.Create(CultureInfo.InvariantCulture, $"{mark} {(IsSpanish ? mark == 1 ? "día" : "días" : mark == 1 ? "day" : "days")}");

    public string Through(DateOnly first, DateOnly last) => $"{Date(first)} – {Date(last)}";

    /// <summary>What leaders do; a district's are its own.</summary>
    public string Actions(OrganizationKind kind) => (kind is OrganizationKind.District, IsSpanish) switch
    {
        (true, false) => "District leadership actions",
        (true, true) => "Acciones del liderazgo del distrito",
        (false, false) => "Leadership actions",
        _ => "Acciones del liderazgo",
    };

    public string Status(PlanStatus status) => (status, IsSpanish) switch
    {
        (PlanStatus.Draft, false) => "Draft",
        (PlanStatus.Draft, true) => "Borrador",
        (PlanStatus.Active, false) => "Active plan",
        (PlanStatus.Active, true) => "Plan activo",
        (PlanStatus.Completed, false) => "Completed",
        (PlanStatus.Completed, true) => "Completado",
        (_, false) => "Archived",
        _ => "Archivado",
    };

    public string Status(StepStatus status) => (status, IsSpanish) switch
    {
        (StepStatus.NotStarted, false) => "not started",
        (StepStatus.NotStarted, true) => "sin empezar",
        (StepStatus.InProgress, false) => "in progress",
        (StepStatus.InProgress, true) => "en curso",
        (StepStatus.Done, false) => "done",
        (StepStatus.Done, true) => "hecho",
        (_, false) => "given up",
        _ => "abandonado",
    };

    public string Due(DateOnly day) => (IsSpanish ? "vence el " : "due ") + Date(day);

    public string DoneOn(DateOnly day) => (IsSpanish ? "hecho el " : "done ") + Date(day);

    public string Carried(int times) => (times, IsSpanish) switch
    {
        (1, false) => "carried over once",
        (1, true) => "pasado una vez",
        (_, false) => string.Create(CultureInfo.InvariantCulture, $"carried over {times} times"),
        _ => string.Create(CultureInfo.InvariantCulture, $"pasado {times} veces"),
    };

    public string NowDue(DateOnly day) => (IsSpanish ? "al " : "to ") + Date(day);

    public string Closed(DateOnly day) => (IsSpanish ? "Cerrado el " : "Closed ") + Date(day);

    public string Early(string reason) => (IsSpanish ? "Antes de la marca: " : "Held early: ") + reason;

    public string AsItStood(DateOnly day) => (IsSpanish ? "Tal como estaba el " : "As it stood on ") + Date(day);

    public string Printed(DateOnly day) => (IsSpanish ? "Impreso el " : "Printed ") + Date(day);

    public string PageOf(int page, int pages) => IsSpanish
        ? string.Create(CultureInfo.InvariantCulture, $"Página {page} de {pages}")
        : string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
}
