namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>One file per feature, as in the service.</summary>
internal static class Features
{
    public static void Map(OperationMap map)
    {
        ServiceOperations.Map(map);
        TenantOperations.Map(map);
        ApiClientOperations.Map(map);
        IdentityProviderOperations.Map(map);
        MeOperations.Map(map);
        AccountOperations.Map(map);
        OrganizationOperations.Map(map);
        PeopleOperations.Map(map);
        InvitationOperations.Map(map);
        AccessRequestOperations.Map(map);
        InstrumentOperations.Map(map);
        FrameworkPackageOperations.Map(map);
        FrameworkOperations.Map(map);
        RubricOperations.Map(map);
        AssessmentOperations.Map(map);
        ResponseOperations.Map(map);
        ParticipantOperations.Map(map);
        ReportOperations.Map(map);
        ImportOperations.Map(map);
        JobOperations.Map(map);
        AuditOperations.Map(map);
        SupportOperations.Map(map);
        MailOperations.Map(map);
        TeamOperations.Map(map);
        ToolkitOperations.Map(map);
        ToolkitRunOperations.Map(map);
        DueOperations.Map(map);
        PlanOperations.Map(map);
        PlanChartOperations.Map(map);
        PlanReviewOperations.Map(map);
        PlanTemplateOperations.Map(map);
        PriorityOperations.Map(map);
    }
}
