namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>One file per feature, as in the service.</summary>
internal static class Features
{
    public static void Map(OperationMap map)
    {
        ServiceOperations.Map(map);
        TenantOperations.Map(map);
        ApiClientOperations.Map(map);
        AuditOperations.Map(map);
        OrganizationOperations.Map(map);
        JobOperations.Map(map);
    }
}
