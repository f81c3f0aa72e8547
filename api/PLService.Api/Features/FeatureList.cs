using PLService.Api.Features.AccessRequests;
using PLService.Api.Features.Accounts;
using PLService.Api.Features.ApiClients;
using PLService.Api.Features.IdentityProviders;
using PLService.Api.Features.Imports;
using PLService.Api.Features.Assessments;
using PLService.Api.Features.Due;
using PLService.Api.Features.Frameworks;
using PLService.Api.Features.Instruments;
using PLService.Api.Features.Invitations;
using PLService.Api.Features.Audit;
using PLService.Api.Features.CalendarFeeds;
using PLService.Api.Features.CaseProvider;
using PLService.Api.Features.FrameworkPackages;
using PLService.Api.Features.Organizations;
using PLService.Api.Features.Jobs;
using PLService.Api.Features.Me;
using PLService.Api.Features.Mails;
using PLService.Api.Features.Operations;
using PLService.Api.Features.People;
using PLService.Api.Features.Participants;
using PLService.Api.Features.PlanForms;
using PLService.Api.Features.Plans;
using PLService.Api.Features.PlanTemplates;
using PLService.Api.Features.Priorities;
using PLService.Api.Features.Reports;
using PLService.Api.Features.Responses;
using PLService.Api.Features.Results;
using PLService.Api.Features.Rubrics;
using PLService.Api.Features.Support;
using PLService.Api.Features.Tallies;
using PLService.Api.Features.Teams;
using PLService.Api.Features.Tenants;
using PLService.Api.Features.ToolkitRuns;
using PLService.Api.Features.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features;

/// <summary>Every feature of the service: what is not listed here is not served.</summary>
internal static class FeatureList
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddOrganizations();
        services.AddPeople();
        services.AddInstruments();
        services.AddFrameworks();
        services.AddFrameworkPackages();
        services.AddRubrics();
        services.AddImports();
        services.AddAudit();
        services.AddAssessments();
        services.AddResponses();
        services.AddParticipants();
        services.AddReports();
        services.AddResults();
        services.AddAccounts();
        services.AddInvitations();
        services.AddAccessRequests();
        services.AddToolkits();
        services.AddToolkitRuns();
        services.AddPlans();
        services.AddDue();
        services.AddCalendarFeeds();
        services.AddTeams();
        services.AddPlanForms();
        services.AddPriorities();
        return services;
    }

    public static void MapFeatures(this WebApplication app)
    {
        app.MapOperations();
        app.MapOAuth();
        app.MapCaseProvider();
        app.MapCalendars();

        var v1 = app.MapGroup("/v1").UseEntityTags();
        v1.MapDiscovery();
        v1.MapTenant();
        v1.MapApiClients();
        v1.MapIdentityProviders();
        v1.MapAudit();
        v1.MapMe();
        v1.MapAccounts();
        v1.MapOrganizations();
        v1.MapPeople();
        v1.MapInvitations();
        v1.MapAccessRequests();
        v1.MapJobs();
        v1.MapInstruments();
        v1.MapFrameworks();
        v1.MapFrameworkPackages();
        v1.MapRubrics();
        v1.MapImports();
        v1.MapAssessments();
        v1.MapResponses();
        v1.MapParticipants();
        v1.MapOwnResponse();
        v1.MapTallies();
        v1.MapResults();
        v1.MapOwnTally();
        v1.MapReports();
        v1.MapSupport();
        v1.MapMails();
        v1.MapToolkits();
        v1.MapToolkitRuns();
        v1.MapPlans();
        v1.MapDue();
        v1.MapCalendarFeeds();
        v1.MapTeams();
        v1.MapPlanTemplates();
        v1.MapPlanForms();
        v1.MapPriorities();
    }
}
