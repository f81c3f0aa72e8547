namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>Which columns a file cannot do without, given what the request says for all rows.</summary>
internal static class RequiredColumns
{
    public static IEnumerable<(string Name, string Detail)> Missing(ColumnMap map, ImportReadOptions options)
    {
        if (options.Kind is ImportKind.OneRoster)
            yield break;
        if (options.Kind is ImportKind.Organizations)
        {
            if (map[Field.Organization] < 0)
                yield return ("organization_id", "The file does not say which organization each row is. Add organization_id_system and "
                    + "organization_id, or a column such as organization_nces_id.");
            yield break;
        }

        if (options.Kind is ImportKind.People or ImportKind.Memberships)
        {
            if (map[Field.Person] < 0 && map[Field.Email] < 0)
                yield return ("email", "The file does not say who each row is. Add a column such as person_hr_id, or person_id_system and person_id, or email.");
            if (options.Kind is ImportKind.Memberships && map[Field.MembershipRole] < 0)
                yield return ("role", "The file does not say which role each row gives. Add a column role, such as facilitator.");
            if (options.Kind is ImportKind.Memberships && map[Field.Organization] < 0 && options.Defaults.Organization is null)
                yield return ("organization_id", "The file does not say where the roles hold. Add a column such as organization_nces_id, or organization_id_system and organization_id, or name the organization in the request.");
            yield break;
        }

        if (options.Kind is ImportKind.Plans)
        {
            if (map[Field.Organization] < 0 && options.Defaults.Organization is null)
                yield return ("organization_id", "The file does not say whose the plans are. Add a column such as organization_nces_id, or organization_id_system and organization_id, or name the organization in the request.");
            if (map[Field.PlanExternalId] < 0)
                yield return ("plan_external_id", "The file does not say which plan each row is of. Add a column plan_external_id with an id of your own, such as plan-2026.");
            yield break;
        }

        if (!NamesAssessment(map, options.Defaults))
        {
            yield return ("assessment_external_id",
                "The file does not say which assessment the rows belong to. Add assessment_external_id, or instrument and round with an "
                    + "organization column such as district_nces_id; or give them in the request.");
        }

        if (options.Kind is ImportKind.ReadinessRatings or ImportKind.ReadinessWide && map[Field.ParticipantKey] < 0 && !Generates(options))
        {
            yield return ("participant_key", "The file does not say who answered. Add a column participant_key (a pseudonym is enough)"
                + (options.Kind is ImportKind.ReadinessWide ? ", or let generateParticipantKeys number the rows." : "."));
        }

        if (options.Kind is ImportKind.ReadinessWide && map.Cells.Count == 0)
            yield return ("<item code>", "The file has no column for an item. Name the columns by item code, such as \"VIS.1\" or "
                + "\"VIS.1 A written vision ...\".");
        if (options.Kind is not ImportKind.ReadinessWide && map[Field.Item] < 0)
            yield return ("item_code", "Add a column item_code with the code of the item, such as VIS.1.");
        if (options.Kind is ImportKind.ReadinessRatings && map[Field.Level] < 0)
            yield return ("level", "Add a column level with the code of the level, such as green.");
        if (options.Kind is ImportKind.Tallies && map.Cells.Count == 0 && (map[Field.Level] < 0 || map[Field.Count] < 0))
            yield return ("<level code>", "The file has no counts. Add one column per level code (green, yellow, red), or the columns "
                + "level and count.");
    }

    public static bool Generates(ImportReadOptions options) => options.GenerateParticipantKeys && options.Kind is ImportKind.ReadinessWide;

    private static bool NamesAssessment(ColumnMap map, ImportDefaults defaults) =>
        map[Field.AssessmentExternalId] >= 0 || map[Field.AssessmentId] >= 0 || defaults.AssessmentExternalId is not null
            || defaults.AssessmentId is not null
        || (map[Field.Instrument] >= 0 || defaults.Instrument is not null)
            && (map[Field.Round] >= 0 || defaults.Round is not null)
            && (map[Field.Organization] >= 0 || defaults.Organization is not null);
}
