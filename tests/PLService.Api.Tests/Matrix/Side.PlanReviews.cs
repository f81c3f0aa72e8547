using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Templates and forms of the tenant, and plans of district X on their way to the region.</summary>
internal sealed partial class Side
{
    /// <summary>The document of a template, under a new code.</summary>
    public object NewTemplateDocument(string? code = null) => new
    {
        code = code ?? "t" + Unique(),
        title = new { en = TenantText("Template") },
        parts = new[] { new { @ref = "s", kind = "strategy", content = new { title = TenantText("Strategy") } } },
    };

    /// <summary>The path of a new template of the tenant.</summary>
    public async Task<string> NewTemplateAsync() => await KeptAsync("/v1/plan-templates", NewTemplateDocument());

    /// <summary>The document of a form, under a new code.</summary>
    public object NewFormDocument(string? code = null) => new
    {
        code = code ?? "f" + Unique(),
        title = new { en = TenantText("Form") },
        sections = new[] { new { code = "vision", title = new { en = "Vision" }, fields = new[] { new { field = "vision", title = new { en = "Vision" }, required = true } } } },
    };

    /// <summary>The path of a new form of the tenant.</summary>
    public async Task<string> NewFormAsync() => await KeptAsync("/v1/plan-forms", NewFormDocument());

    /// <summary>The path of a new plan of district X, a draft.</summary>
    public async Task<string> NewPlanToReviewAsync() => $"/v1/plans/{Remember(await Everything.CreateAsync("/v1/plans", new
    {
        organizationId = DistrictX,
        title = Text("Plan"),
        startsOn = "2026-09-01",
        endsOn = "2027-08-31",
        vision = Text("Vision"),
    })).Id()}";

    /// <summary>The path of a new plan of district X that waits for the region.</summary>
    public async Task<string> NewSubmittedPlanAsync()
    {
        var path = await NewPlanToReviewAsync();
        await ChangeAsync(HttpMethod.Post, $"{path}/submit", path, new { note = Text("Note") });
        return path;
    }

    /// <summary>The path of a new comment on a new plan.</summary>
    public async Task<string> NewPlanCommentAsync(bool resolved = false)
    {
        var plan = await NewPlanToReviewAsync();
        var path = $"{plan}/comments/{Remember(await Everything.CreateAsync($"{plan}/comments", new { text = Text("Comment") })).Id()}";
        if (resolved)
            await ChangeAsync(HttpMethod.Post, $"{path}/resolve", path);
        return path;
    }

    private async Task<string> KeptAsync(string list, object document)
    {
        var code = (string)(await Everything.CreateAsync(list, document))["code"]!;
        _made.Add(code);
        return $"{list}/{code}";
    }
}
