using System.Net;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

/// <summary>Plans come in by file, by the rules that hold for them one by one.</summary>
public sealed class BulkImportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_made_with_its_parts_its_history_and_its_references_and_the_same_file_again_changes_nothing()
    {
        var world = await api.NewBulkWorldAsync();

        var dry = await world.Client.ReceiptAsync(BulkWorld.Query + "&dryRun=true", BulkWorld.Text);
        Assert.Empty((await world.Client.ReadAsync("/v1/plans"))["items"]!.AsArray());
        var made = await world.Client.ReceiptAsync(BulkWorld.Query, BulkWorld.Text);
        var before = await world.PlanAsync();
        var again = await world.Client.ReceiptAsync(BulkWorld.Query, BulkWorld.Text);

        Assert.Equal(["1/0/0 5/0/0", "1/0/0 5/0/0", "0/0/1 0/0/5"], [Counts(dry), Counts(made), Counts(again)]);
        var plan = await world.PlanAsync();
        Assert.Equal(before.ToJsonString(), plan.ToJsonString());
        Assert.Equal(["Teams that meet", "Coaching"], plan["strategies"]!.AsArray().Select(s => (string)s!["title"]!));
        var step = plan["steps"]!.AsArray()[0]!;
        var teams = plan["strategies"]!.AsArray()[0]!["id"]!;
        Assert.Equal(
            ("time", "done", "2026-09-20", (string)teams!, "Calendar;Room | key", "LCO;LEA"),
            ((string)step["externalId"]!, (string)step["status"]!, (string)step["doneOn"]!, (string)step["strategyId"]!,
                string.Join(';', step["toolsAndMaterials"]!.AsArray().Select(t => (string)t!)), string.Join(';', step["serves"]!.AsArray().Select(s => (string)s!["code"]!))));
        Assert.NotNull((string?)step["ownerPersonId"]);
        Assert.Equal(["done", "inProgress", "notStarted"], plan["steps"]!.AsArray().Select(s => (string)s!["status"]!));
        Assert.NotEmpty((await world.Client.ReadAsync($"/v1/plans/{plan["plan"]!["id"]}/changes"))["items"]!.AsArray());
        Assert.Single(await world.Tenant.ActionsAsync(), "plan.created");
    }

    [Fact]
    public async Task What_is_told_is_changed_as_one_version_and_what_is_not_stays()
    {
        var world = await api.NewBulkWorldAsync();
        await world.Client.ReceiptAsync(BulkWorld.Query, BulkWorld.Text);
        var before = await world.PlanAsync();

        var receipt = await world.Client.ReceiptAsync(
            BulkWorld.Query,
            "row_type,organization_nces_id,plan_external_id,plan_status,strategy_external_id,strategy_title,step_external_id,owner_email,due_on,status,obstacle_external_id,obstacle_title,kind,plan_vision\n"
            + "plan,0000001,p26,active,,,,,,,,,,We learn together.\n"
            + "step,0000001,p26,,new,Another way,norms,,none,,,,,\n"
            + "step,0000001,p26,,,,time,none,,not started,,,,\n"
            + "obstacle,0000001,p26,,,,,,,,subs,No substitutes,substitutes,\n");

        Assert.Equal("0/1/0 2/2/0", Counts(receipt));
        var plan = await world.PlanAsync();
        Assert.Equal(((long)before["plan"]!["version"]! + 1, "active", "We learn together."), ((long)plan["plan"]!["version"]!, (string)plan["plan"]!["status"]!, (string)plan["plan"]!["vision"]!));
        var norms = plan["steps"]!.AsArray().Single(s => (string?)s!["externalId"] == "norms")!;
        Assert.Equal((null, "inProgress", "Another way"), ((string?)norms["dueOn"], (string)norms["status"]!, (string)plan["strategies"]!.AsArray().Single(s => (string?)s!["id"] == (string?)norms["strategyId"])!["title"]!));
        var time = plan["steps"]!.AsArray().Single(s => (string?)s!["externalId"] == "time")!;
        Assert.Equal(("notStarted", null, null, "2026-10-01"), ((string)time["status"]!, (string?)time["doneOn"], (string?)time["ownerPersonId"], (string)time["dueOn"]!));
        Assert.Equal("substitutes", (string?)Assert.Single(plan["obstacles"]!.AsArray())!["kind"]);
        Assert.Single((await world.Client.ReadAsync($"/v1/plans/{plan["plan"]!["id"]}/versions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_told_by_code_line_and_column_and_the_others_come_in()
    {
        var world = await api.NewBulkWorldAsync();
        const string Text = BulkWorld.Header
            + "0000001,p,Plan,2026-09-01,2027-08-31,,,a,Good,,,,,,,\n"
            + "0000009,p,Plan,2026-09-01,2027-08-31,,,a,Nowhere,,,,,,,\n"
            + "0000001,p,,,,,,b,,,,,,,,\n"
            + "0000001,p,,,,,,c,Owner,nobody@example.org,,,,,,\n"
            + "0000001,p,,,,,,d,Standard,,,,,,,ct:NO\n"
            + "0000001,p,,,,,,e,Dates,,2026-10-01,2026-09-01,,,,\n"
            + "0000001,p,,,,,,f,Status,,,,finished,,,\n"
            + "0000001,p,Other,,,,,g,Title,,,,,,,\n"
            + "0000001,p,,,,x,,h,Strategy,,,,,,,\n"
            + "0000001,p,,,,,,a,Twice,,,,,,,\n"
            + "0000001,q,,,,,,a,No plan,,,,,,,\n"
            + "0000001,p,,,,,,i,Day,,,,,2026-09-01,,\n"
            + "0000001,,,,,,,j,Whose,,,,,,,\n";

        var refused = await world.Client.RefusedAsync(BulkWorld.Query, Text, "import.rows_rejected");
        Assert.Empty((await world.Client.ReadAsync("/v1/plans"))["items"]!.AsArray());
        var import = await world.Client.ImportAsync(BulkWorld.Query + "&onError=skip", Text);

        Assert.Equal("13=1+12", import["receipt"]!.AsObject().Records());
        Assert.Equal(await Sorted(world.Client, refused.Id()), await Sorted(world.Client, import.Id()));
        Assert.Equal(
            [
                "02 import.unknown_organization", "03 import.missing_value", "04 plan.unknown_owner", "05 plan.unknown_standard", "06 plan.due_before_start", "07 import.unknown_word",
                "08 import.conflicting_row", "09 import.missing_value", "10 import.conflicting_row", "11 import.missing_value", "12 plan.not_done", "13 import.missing_value",
            ],
            (await Sorted(world.Client, import.Id())).Select(issue => issue.Split(' ')).Select(issue => $"{int.Parse(issue[2], System.Globalization.CultureInfo.InvariantCulture) - 1:00} {issue[1]}").Order(StringComparer.Ordinal));
        Assert.Equal("Good", (string?)Assert.Single((await world.PlanAsync())["steps"]!.AsArray())!["title"]);

        // The error file is a file of the same form, with what was wrong beside each row.
        var errors = await world.Client.GetStringAsync($"/v1/imports/{import.Id()}/error-file", Ct);
        Assert.StartsWith("organization_nces_id,plan_external_id", errors, StringComparison.Ordinal);
        Assert.Equal("12=0+10", (await world.Client.ImportAsync(BulkWorld.Query, errors))["receipt"]!.AsObject().Records());
    }

    [Fact]
    public async Task What_an_import_made_goes_what_it_changed_comes_back_and_what_somebody_went_on_with_stays()
    {
        var world = await api.NewBulkWorldAsync();
        var first = await world.Client.ImportAsync(BulkWorld.Query, BulkWorld.Text);
        var before = await world.PlanAsync();
        var second = await world.Client.ImportAsync(
            BulkWorld.Query,
            "organization_nces_id,plan_external_id,plan_title,plan_status,strategy_external_id,strategy_title,step_external_id,step_title\n"
            + "0000001,p26,Renamed,active,new,New,norms,Write better norms\n0000001,p26,,,new,,more,More\n");

        using (var early = await world.Client.PostAsync($"/v1/imports/{first.Id()}/undo", null, Ct))
            await early.ExpectProblemAsync(HttpStatusCode.Conflict, "import.changed_since");
        await UndoAsync(world.Client, second.Id());

        var after = await world.PlanAsync();
        foreach (var member in (string[])["title", "status"])
            Assert.Equal((string)before["plan"]![member]!, (string)after["plan"]![member]!);
        Assert.Equal(Contents(before, "steps"), Contents(after, "steps"));
        Assert.Equal(Contents(before, "strategies"), Contents(after, "strategies"));
        Assert.Equal((long)before["plan"]!["version"]! + 2, (long)after["plan"]!["version"]!);

        var third = await world.Client.ImportAsync(BulkWorld.Query, BulkWorld.Text.Replace("0000001", "0000002", StringComparison.Ordinal));
        await UndoAsync(world.Client, third.Id());
        Assert.Empty((await world.Client.ReadAsync($"/v1/plans?organizationId={world.South}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Whoever_does_not_write_plans_there_sends_none_and_a_completed_plan_is_left_as_it_is()
    {
        var world = await api.NewBulkWorldAsync();
        using (var denied = await world.Tenant.Only(PLService.Api.Access.Scopes.ImportsWrite).SendFileAsync(BulkWorld.Query, new StringContent(BulkWorld.Text)))
            await denied.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var south = world.Tenant.As(await world.Tenant.NewPersonAsync((Role.Facilitator, world.South)));
        var refused = await south.RefusedAsync(BulkWorld.Query, BulkWorld.Text, "import.rows_rejected");
        Assert.All(await south.IssuesAsync(refused.Id()), issue => Assert.Contains("import.unknown_organization", issue, StringComparison.Ordinal));

        var lead = world.Tenant.As(await world.Tenant.NewPersonAsync((Role.Facilitator, world.North)));
        await lead.ReceiptAsync(BulkWorld.Query, BulkWorld.Text);
        const string Status = "organization_nces_id,plan_external_id,plan_status\n0000001,p26,";
        var wrong = await lead.RefusedAsync(BulkWorld.Query, Status + "completed\n", "import.rows_rejected");
        Assert.Contains("plan.wrong_status", Assert.Single(await lead.IssuesAsync(wrong.Id())), StringComparison.Ordinal);
        await lead.ReceiptAsync(BulkWorld.Query, Status + "active\n");
        await lead.ReceiptAsync(BulkWorld.Query, Status + "completed\n");

        var late = await lead.RefusedAsync(BulkWorld.Query, BulkWorld.Text.Replace("Write norms", "Other", StringComparison.Ordinal), "import.rows_rejected");
        Assert.Contains("plan.not_editable", (await lead.IssuesAsync(late.Id()))[0], StringComparison.Ordinal);
        Assert.Equal("0/0/1 0/0/5", Counts(await lead.ReceiptAsync(BulkWorld.Query, BulkWorld.Text)));
    }

    private static async Task UndoAsync(HttpClient client, Guid id)
    {
        using var undone = await client.PostAsync($"/v1/imports/{id}/undo", null, Ct);
        await undone.ExpectAsync(HttpStatusCode.OK);
    }

    private static async Task<List<string>> Sorted(HttpClient client, Guid id) => [.. (await client.IssuesAsync(id)).Order(StringComparer.Ordinal)];

    private static string Counts(System.Text.Json.Nodes.JsonObject receipt) => $"{receipt.Of("plans")} {receipt.Of("planParts")}";

    private static List<string> Contents(System.Text.Json.Nodes.JsonObject plan, string parts) =>
        [.. plan[parts]!.AsArray().Select(part => $"{part!["id"]} {part["title"]} {part["strategyId"]} {part["status"]} {part["dueOn"]} {part["position"]}")];
}
