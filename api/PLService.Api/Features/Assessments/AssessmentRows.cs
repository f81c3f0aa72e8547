using Npgsql;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// Reads assessments below EF: one round trip, and the instrument's code and label come from memory. Rows are kept raw until the
/// connection is free again, because a version that is not in memory yet needs it.
/// </summary>
internal sealed class AssessmentRows(InstrumentVersions versions)
{
    /// <summary>The columns that <see cref="Read"/> takes, of the alias <c>a</c>.</summary>
    public const string Columns =
        "a.id, a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.external_id, a.title, a.round, a.mode, a.roles, a.window_opens_on, "
        + "a.window_closes_on, a.status, a.opened_at, a.closed_at, a.reopened_at, a.reopen_reason, a.archived_at, a.result_revision, a.created_at, "
        + "a.updated_at, a.version, a.shows_live_tally, a.sends_reminders, a.reminder_days";

    /// <summary>A row whose instrument version is only known by its ids.</summary>
    public sealed record Row(Guid InstrumentTenantId, Guid InstrumentVersionId, AssessmentResponse Assessment);

    public static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(2),
        row.GetGuid(3),
        new AssessmentResponse(
            row.GetGuid(0),
            row.GetGuid(1),
            null!,
            Text(row, 4),
            row.GetString(5),
            row.GetString(6),
            EnumText.Parse<AssessmentMode>(row.GetString(7)),
            row.GetFieldValue<string[]>(8),
            Date(row, 9),
            Date(row, 10),
            EnumText.Parse<AssessmentStatus>(row.GetString(11)),
            Time(row, 12),
            Time(row, 13),
            Time(row, 14),
            Text(row, 15),
            Time(row, 16),
            row.GetInt32(17),
            row.GetFieldValue<DateTimeOffset>(18),
            row.GetFieldValue<DateTimeOffset>(19),
            row.GetInt64(20),
            row.GetBoolean(21),
            new(row.GetBoolean(22), row.GetFieldValue<int[]>(23))));

    public async ValueTask<AssessmentResponse> CompleteAsync(Row row, CancellationToken ct)
    {
        var version = await versions.GetAsync(row.InstrumentTenantId, row.InstrumentVersionId, ct);
        return row.Assessment with { Instrument = new(version.Code, version.Label) };
    }

    /// <summary>An assessment that EF has loaded, as it is answered.</summary>
    public async ValueTask<AssessmentResponse> OfAsync(Assessment assessment, CancellationToken ct)
    {
        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        return AssessmentResponse.Of(assessment, new(version.Code, version.Label));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateOnly? Date(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
