using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Participants;

/// <summary>Whether an assessment asks somebody without an account for a name or key.</summary>
public enum KeyWish
{
    /// <summary>One has to be given.</summary>
    Required,

    /// <summary>Who gives one is counted as having answered; who does not is only one more.</summary>
    Optional,

    /// <summary>None is taken.</summary>
    NotTaken,
}

/// <summary>What each mode means, in words for the participants that it is promised to.</summary>
internal static class Promises
{
    public static Text Of(AssessmentMode mode) => mode switch
    {
        AssessmentMode.Named => Both(
            "Your answers are kept with your name. Those who run this assessment can read what you said.",
            "Sus respuestas se guardan con su nombre. Quienes dirigen esta evaluación pueden leer lo que usted dijo."),
        AssessmentMode.Confidential => Both(
            "Those who run this assessment can see whether you have answered, but never what. Results are shown for groups, small ones left out.",
            "Quienes dirigen esta evaluación pueden ver si usted ha respondido, pero nunca qué. Los resultados se muestran por grupos; los grupos pequeños se omiten."),
        AssessmentMode.Anonymous => Both(
            "Nobody can link your answers to you. You can come back only with this device or the token that it keeps: if it is lost, nobody can find your answers for you.",
            "Nadie puede relacionar sus respuestas con usted. Solo puede volver con este dispositivo o con la ficha que guarda: si se pierde, nadie puede encontrar sus respuestas."),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };

    public static KeyWish KeyOf(AssessmentMode mode) => mode switch
    {
        AssessmentMode.Named => KeyWish.Required,
        AssessmentMode.Confidential => KeyWish.Optional,
        _ => KeyWish.NotTaken,
    };

    private static Text Both(string english, string spanish) => new() { ["en"] = english, ["es"] = spanish };
}
