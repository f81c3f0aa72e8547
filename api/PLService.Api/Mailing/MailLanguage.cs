using System.Globalization;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Mailing;

/// <summary>
/// How dates, times and roles are written in a language that there are templates in. The service runs without the cultures of the
/// machine, so that it behaves the same everywhere; these are the two that it needs.
/// </summary>
internal sealed class MailLanguage
{
    public static readonly MailLanguage English = new("en")
    {
        _days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        _months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        _roles = new(StringComparer.Ordinal)
        {
            ["agencyAdmin"] = "agency administrator",
            ["districtLead"] = "district lead",
            ["facilitator"] = "facilitator",
            ["reviewer"] = "reviewer",
            ["participant"] = "participant",
            ["viewer"] = "viewer",
        },
    };

    public static readonly MailLanguage Spanish = new("es")
    {
        _days = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
        _months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        _roles = new(StringComparer.Ordinal)
        {
            ["agencyAdmin"] = "administrador de la agencia",
            ["districtLead"] = "líder de distrito",
            ["facilitator"] = "facilitador",
            ["reviewer"] = "revisor",
            ["participant"] = "participante",
            ["viewer"] = "lector",
        },
    };

    public static readonly IReadOnlyList<MailLanguage> All = [English, Spanish];

    private string[] _days = [];
    private string[] _months = [];
    private Dictionary<string, string> _roles = [];

    private MailLanguage(string tag) => Tag = tag;

    /// <summary>BCP 47.</summary>
    public string Tag { get; }

    /// <summary>The language for a recipient who wants <paramref name="wanted"/>: <c>es-MX</c> gets Spanish; English when there is nothing better.</summary>
    public static MailLanguage For(string? wanted)
    {
        var primary = wanted?.Split('-', '_')[0];
        return All.FirstOrDefault(language => string.Equals(language.Tag, primary, StringComparison.OrdinalIgnoreCase)) ?? English;
    }

    /// <summary>Friday, October 31, 2026 · viernes, 31 de octubre de 2026.</summary>
    public string Date(DateOnly date)
    {
        var (day, month) = (_days[(int)date.DayOfWeek], _months[date.Month - 1]);
        return this == Spanish
            ? string.Create(CultureInfo.InvariantCulture, $"{day}, {date.Day} de {month} de {date.Year}")
            : string.Create(CultureInfo.InvariantCulture, $"{day}, {month} {date.Day}, {date.Year}");
    }

    /// <summary>The date and the time of day in a time zone, which is named because the reader may be in another.</summary>
    public string Moment(DateTimeOffset at, string timeZone)
    {
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        var half = local.Hour < 12 ? (English: "AM", Spanish: "a. m.") : (English: "PM", Spanish: "p. m.");
        var hour = local.Hour % 12 is var twelfth && twelfth == 0 ? 12 : twelfth;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Date(DateOnly.FromDateTime(local.DateTime))}, {hour}:{local.Minute:00} {(this == Spanish ? half.Spanish : half.English)} ({timeZone})");
    }

    /// <summary>How far away a day is: today, tomorrow, in 3 days.</summary>
    public string InDays(int days) => days switch
    {
        <= 0 => this == Spanish ? "hoy" : "today",
        1 => this == Spanish ? "mañana" : "tomorrow",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(this == Spanish ? "en" : "in")} {days} {(this == Spanish ? "días" : "days")}"),
    };

    /// <summary>Why a reminder comes to somebody who may have answered.</summary>
    public string WrittenToEverybody => this == Spanish
        ? "Como las respuestas son anónimas, nadie puede saber quién ya respondió; por eso este recordatorio llega a todas las personas invitadas."
        : "Answers are anonymous and nobody can know who has given theirs, so this reminder goes to everybody who was invited.";

    /// <summary>Why something stands in a digest of somebody who may have answered.</summary>
    public string ListedForEverybody => this == Spanish
        ? "Anónima: aparece para todas las personas invitadas hasta que cierre, aunque ya hayan respondido."
        : "Anonymous: it is listed for everybody who was invited until it closes, even if they have answered.";

    /// <summary>How many have answered.</summary>
    public string Answers(AnswerProgress progress) => (progress, this == Spanish) switch
    {
        ({ Of: null, Done: 1 }, true) => "1 respuesta entregada",
        ({ Of: null }, true) => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} respuestas entregadas"),
        ({ IsAnonymous: true }, true) => string.Create(CultureInfo.InvariantCulture, $"Han comenzado {progress.Done} de {progress.Of}"),
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"Han respondido {progress.Done} de {progress.Of}"),
        ({ Of: null, Done: 1 }, false) => "1 response was handed in",
        ({ Of: null }, false) => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} responses were handed in"),
        ({ IsAnonymous: true }, false) => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Of} have started"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Of} have answered"),
    };

    /// <summary>What of a plan is due, and that it is overdue.</summary>
    public string Due(PlanDue due)
    {
        var what = (due.Kind, this == Spanish) switch
        {
            (DueKind.Step, true) => $"Paso del plan «{due.Plan}»",
            (DueKind.CheckIn, _) => CheckIn(due.Mark!.Value),
            (_, true) => $"Ciclo de mejora por revisar, del plan «{due.Plan}»",
            (DueKind.Step, false) => $"Step of the plan “{due.Plan}”",
            _ => $"Improvement cycle to review, of the plan “{due.Plan}”",
        };
        return (due.DaysLeft, this == Spanish) switch
        {
            ( >= 0, _) => what,
            (-1, true) => $"{what}; venció ayer",
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"{what}; venció hace {-due.DaysLeft} días"),
            (-1, false) => $"{what}; overdue since yesterday",
            _ => string.Create(CultureInfo.InvariantCulture, $"{what}; overdue by {-due.DaysLeft} days"),
        };
    }

    /// <summary>A look back at a mark of a plan's chart.</summary>
    public string CheckIn(int mark) => string.Create(
        CultureInfo.InvariantCulture, $"{(this == Spanish ? $"Revisión del plan a los {mark} días" : $"Check-in of the plan after {mark} days")}");

    /// <summary>An improvement cycle that is to be reviewed.</summary>
    public string Review(string cycle) => this == Spanish ? $"Revisar el ciclo de mejora: {cycle}" : $"Review the improvement cycle: {cycle}";

    /// <summary>That a list was cut.</summary>
    public string More(int count) => string.Create(CultureInfo.InvariantCulture, $"{(this == Spanish ? "Y" : "And")} {count} {(this == Spanish ? "más." : "more.")}");

    /// <summary>What was changed about an account.</summary>
    public string Change(AccountChange change) => change switch
    {
        AccountChange.Password => this == Spanish ? "la contraseña" : "the password",
        AccountChange.Email => this == Spanish ? "la dirección de correo con la que se inicia sesión" : "the e-mail address that one signs in with",
        AccountChange.Authenticator => this == Spanish ? "la aplicación de autenticación o sus códigos de recuperación" : "the authenticator app or its recovery codes",
        _ => this == Spanish ? "las llaves de acceso" : "the passkeys",
    };

    /// <summary>What happened to a plan.</summary>
    public string Happened(PlanEvent what) => what switch
    {
        PlanEvent.Submitted => this == Spanish ? "plan presentado para su revisión" : "plan submitted for review",
        PlanEvent.Withdrawn => this == Spanish ? "plan retirado de la revisión" : "plan withdrawn from review",
        PlanEvent.Accepted => this == Spanish ? "plan aceptado" : "plan accepted",
        PlanEvent.Returned => this == Spanish ? "plan devuelto con comentarios" : "plan returned with comments",
        _ => this == Spanish ? "nuevo comentario sobre el plan" : "new comment on the plan",
    };

    /// <summary>The name of a role, given as the contract has it; a word that is not known stays as it is.</summary>
    public string Role(string word) => _roles.GetValueOrDefault(word, word);
}
