namespace PLService.Api.Features.Instruments;

internal static class InstrumentsFeature
{
    public static void AddInstruments(this IServiceCollection services) => services.AddScoped<InstrumentShelf>().AddScoped<InstrumentAlignments>();

    /// <summary>Every instrument route, in one place: what is not listed here is not served.</summary>
    public static void MapInstruments(this RouteGroupBuilder v1)
    {
        var instruments = v1.MapGroup("/instruments").WithTags("Instruments");
        ImportInstrument.Map(instruments);
        ListInstruments.Map(instruments);
        GetInstrument.Map(instruments);
        GetInstrumentVersion.Map(instruments);
        ExportInstrument.Map(instruments);
        ReplaceInstrumentDraft.Map(instruments);
        DeleteInstrumentDraft.Map(instruments);
        PublishInstrumentVersion.Map(instruments);
        RetireInstrumentVersion.Map(instruments);
    }
}
