using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>What is due for others is for those who lead where the plans are; calendars are people's own.</summary>
internal static class DueOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("ListDue", async a =>
        {
            var plan = await a.NewPlanAsync();
            a.Remember(await a.Everything.CreateAsync($"{plan}/steps", new { title = a.Text("Step"), dueOn = "2026-09-10" }));
            await (await a.Everything.SendJsonAsync(HttpMethod.Post, $"{plan}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
            return Get($"/v1/due?organizationId={a.DistrictX}&count=true&limit=500&before=2100-01-01");
        }).But(Expectation.Conflict("due.leaders_only"), CallerKind.ReviewerOfOwn, CallerKind.ParticipantOfOwn, CallerKind.ViewerOfOwn);

        // A name of nobody's words: another tenant's people make calendars as well, and list them.
        map.Person("CreateCalendarFeed", _ => Task.FromResult(Post("/v1/calendar-feeds", new { name = "Calendar" })));
        map.Person("ListCalendarFeeds", _ => Task.FromResult(Get("/v1/calendar-feeds")));
        map.OnlyOwn("RevokeCalendarFeed", async a =>
        {
            using var lead = a.Tenant.As(a.Lead);
            return Delete($"/v1/calendar-feeds/{a.Remember((await lead.CreateAsync("/v1/calendar-feeds", new { })).Feed()).Id()}");
        });
        map.WithKey("GetCalendar", async a =>
        {
            using var viewer = a.Tenant.As(await a.Tenant.NewPersonAsync((Role.Viewer, a.DistrictX)));
            return Get(new Uri((string)(await viewer.CreateAsync("/v1/calendar-feeds", new { }))["address"]!).PathAndQuery);
        });
    }

    private static JsonObject Feed(this JsonObject made) => made["feed"]!.AsObject();
}
