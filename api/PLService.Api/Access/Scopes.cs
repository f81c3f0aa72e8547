using System.Collections.Frozen;

namespace PLService.Api.Access;

/// <summary>What an API client or, by a role, a person may be allowed to do: <c>resource:action</c>.</summary>
public static class Scopes
{
    public const string TenantRead = "tenant:read";
    public const string TenantWrite = "tenant:write";
    public const string ClientsRead = "clients:read";
    public const string ClientsWrite = "clients:write";
    public const string OrganizationsRead = "organizations:read";
    public const string OrganizationsWrite = "organizations:write";
    public const string PeopleRead = "people:read";
    public const string PeopleWrite = "people:write";
    public const string InstrumentsRead = "instruments:read";
    public const string InstrumentsWrite = "instruments:write";
    public const string StandardsRead = "standards:read";
    public const string StandardsWrite = "standards:write";
    public const string ToolkitsRead = "toolkits:read";
    public const string ToolkitsWrite = "toolkits:write";
    public const string AssessmentsRead = "assessments:read";
    public const string AssessmentsWrite = "assessments:write";
    public const string PlansRead = "plans:read";
    public const string PlansWrite = "plans:write";
    public const string TeamsRead = "teams:read";
    public const string TeamsWrite = "teams:write";
    public const string PlansComment = "plans:comment";
    public const string PlansReview = "plans:review";
    public const string ResponsesRead = "responses:read";
    public const string ResponsesWrite = "responses:write";
    public const string ReportsRead = "reports:read";
    public const string ImportsRead = "imports:read";
    public const string ImportsWrite = "imports:write";
    public const string JobsRead = "jobs:read";
    public const string JobsWrite = "jobs:write";
    public const string MailRead = "mail:read";
    public const string MailWrite = "mail:write";
    public const string AuditRead = "audit:read";
    public const string ChangesRead = "changes:read";

    /// <summary>Each scope with what it allows, in words for people.</summary>
    public static readonly FrozenDictionary<string, string> All = new Dictionary<string, string>
    {
        [TenantRead] = "Read the tenant's settings.",
        [TenantWrite] = "Change the tenant's settings.",
        [ClientsRead] = "Read API clients.",
        [ClientsWrite] = "Create API clients, rotate their secrets, revoke them.",
        [OrganizationsRead] = "Read organizations and their tree.",
        [OrganizationsWrite] = "Create, change, move and close organizations.",
        [PeopleRead] = "Read people and their memberships.",
        [PeopleWrite] = "Create, change and deactivate people, invite them and give them roles.",
        [InstrumentsRead] = "Read instruments.",
        [InstrumentsWrite] = "Write, publish and retire instruments.",
        [StandardsRead] = "Read frameworks of standards, crosswalks and rubrics.",
        [StandardsWrite] = "Write, import, publish and retire frameworks.",
        [ToolkitsRead] = "Read toolkits and what teams make of them.",
        [ToolkitsWrite] = "Work through toolkits in teams; write, publish and retire toolkits of the whole tenant.",
        [AssessmentsRead] = "Read assessments, live tallies and results.",
        [AssessmentsWrite] = "Create, open, close and reopen assessments; enter paper tallies.",
        [PlansRead] = "Read plans, their charts and their history.",
        [PlansWrite] = "Write plans and take part in them.",
        [TeamsRead] = "Read teams, their members and their meetings.",
        [TeamsWrite] = "Write teams, their members and their meetings.",
        [PlansComment] = "Take part in the dialogue about plans.",
        [PlansReview] = "Accept or return plans that were submitted to the next level.",
        [ResponsesRead] = "Read single responses where the mode allows it.",
        [ResponsesWrite] = "Create responses and place ratings.",
        [ReportsRead] = "Read roll-ups, trends and comparisons.",
        [ImportsRead] = "Read imports, their receipts and their errors.",
        [ImportsWrite] = "Import files and undo imports.",
        [JobsRead] = "Read background jobs.",
        [JobsWrite] = "Cancel background jobs.",
        [MailRead] = "Read the outbox: who is written to, and what.",
        [MailWrite] = "Send mail again that was not delivered.",
        [AuditRead] = "Read the audit trail.",
        [ChangesRead] = "Follow the change feed.",
    }.ToFrozenDictionary();
}
