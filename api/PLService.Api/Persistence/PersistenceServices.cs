using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Persistence.Jobs;
using PLService.Api.Persistence.Organizations;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Priorities;
using PLService.Api.Persistence.Rollups;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Participants;
using PLService.Api.Persistence.Teams;
using PLService.Api.Persistence.Toolkits;

namespace PLService.Api.Persistence;

internal static class PersistenceServices
{
    /// <summary>Where EF keeps what was migrated.</summary>
    private const string HistoryTable = "__ef_migrations_history";

    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(Settings(configuration).ConnectionString).Build());
        services.AddSingleton<Versions>();
        services.AddScoped<Caller>();
        services.AddScoped<OpenedContext>();
        services.AddScoped<TenantReader>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<AuditBatch>();
        services.AddSingleton<JobQueue>();
        services.AddHostedService<JobWorker>();
        services.AddSingleton<JobPlanner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobPlanner>());
        services.AddScoped<RollupStore>();
        services.AddSingleton<InstrumentVersionCache>();
        services.AddScoped<InstrumentVersions>();
        services.AddScoped<PackageStore>();
        services.AddScoped<FrameworkReading>();
        services.AddScoped<PackageReader>();
        services.AddScoped<PackageLoader>();
        services.AddScoped<CaseObjects>();
        services.AddScoped<DocumentQuery>();
        services.AddSingleton<LensCache>();
        services.AddScoped<LensReader>();
        services.AddScoped<StandardLineage>();
        services.AddScoped<StandardReferences>();
        services.AddScoped<InstrumentDrafts>();
        services.AddSingleton<ToolkitVersionCache>();
        services.AddScoped<ToolkitVersions>();
        services.AddScoped<FrameworkStandards>();
        services.AddScoped<PlanVersions>();
        services.AddScoped<PlanWriter>();
        services.AddScoped<PlanTallies>();
        services.AddSingleton<OrganizationMaps>();
        services.AddSingleton<TallyCache>();
        services.AddScoped<PlanProgressReader>();
        services.AddScoped<DueReader>();
        services.AddScoped<SiblingTallies>();
        services.AddScoped<PlanReferences>();
        services.AddScoped<TeamStandings>();
        services.AddScoped<TeamMembership>();
        services.AddScoped<PlanDocuments>();
        services.AddScoped<PlanActions>();
        services.AddScoped<AdoptedPriorities>();
        services.AddScoped<AssessmentGate>();
        services.AddScoped<AnswerReader>();
        services.AddScoped<AssessmentCloser>();
        services.AddSingleton<ResponseQueues>();
        services.AddScoped<ResponseInsert>();
        services.AddSingleton<LiveTallies>();
        services.AddScoped<RatingStore>();
        services.AddScoped<ParticipationStore>();
        services.AddScoped<OwnResponses>();
        services.AddDbContext<PLServiceDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(new TenantWall.Connections(), new TenantWall.Transactions(), new TenantWall.Commands(), provider.GetRequiredService<Versions>(), new RollupStamp())
            .AddInterceptors(provider.GetServices<IInterceptor>()));
        return services;
    }

    /// <summary>A context of the owner role, for migrations and the bootstrap; requests never get one.</summary>
    public static PLServiceDbContext OwnerContext(string connectionString, Caller caller, TimeProvider clock) =>
        new(
            new DbContextOptionsBuilder<PLServiceDbContext>()
                .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, PLServiceDbContext.Schema))
                .AddInterceptors(new TenantWall.Transactions(), new TenantWall.Commands(), new Versions(clock))
                // Migrations are SQL files, so there is no snapshot to compare with; a test compares model and database instead.
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
                .Options,
            caller,
            new OpenedContext());

    /// <summary>How the service connects.</summary>
    internal static NpgsqlConnectionStringBuilder Settings(IConfiguration configuration)
    {
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("PLService"))
        {
            ApplicationName = "plservice",
            Timeout = 5,
            CommandTimeout = 30,
            // Nothing is left on a connection that would have to be reset: settings and roles are LOCAL, temporary tables end with
            // their transaction. A test looks.
            NoResetOnClose = true,
            // A condition such as "$3 is null or ..." looks cheaper when it is planned anew for each value, which costs more than to run it.
            Options = "-c plan_cache_mode=force_generic_plan",
        };
        PreparedStatements.Configure(settings);
        return settings;
    }
}
