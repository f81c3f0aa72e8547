using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Toolkits of the tenant, and a team of district X that works through one: its only member is the lead of district X.</summary>
internal sealed partial class Side
{
    /// <summary>The code of the tenant's own published toolkit.</summary>
    public const string BookStudy = "book-study";

    /// <summary>An image that is text as well.</summary>
    public const string Gif = "GIF89a that nobody looks at";

    /// <summary>The document of a toolkit of the tenant, under a new code.</summary>
    public JsonObject NewToolkitDocument(string? code = null)
    {
        var document = TestToolkits.Document(code ?? "t" + Unique());
        document["title"]!["en"] = TenantText("Toolkit");
        return document;
    }

    /// <summary>The path of a new version of a new toolkit; published, or a draft.</summary>
    public async Task<string> NewToolkitVersionAsync(bool published)
    {
        var document = NewToolkitDocument();
        if (published)
            await Everything.PublishToolkitAsync(document);
        else
            await Everything.CreateAsync("/v1/toolkits", document);
        _made.Add((string)document["code"]!);
        return $"/v1/toolkits/{document["code"]}/versions/1.0";
    }

    /// <summary>The path of a new run of district X.</summary>
    public async Task<string> NewRunAsync() => $"/v1/toolkit-runs/{Remember(await Everything.CreateAsync("/v1/toolkit-runs", NewRun())).Id()}";

    public object NewRun() => new
    {
        toolkit = new { code = BookStudy },
        organizationId = DistrictX,
        teamName = Text("Team"),
        teamKind = "pdec",
        members = new[] { new { personId = Lead.Id, role = Text("Role")[..60] } },
    };

    /// <summary>The path of the worksheet of tool 1 of a new run, with an answer of the team or of the lead.</summary>
    public async Task<string> NewWorksheetAsync(bool own = false)
    {
        var path = $"{await NewRunAsync()}/worksheets/1";
        await ChangeWorksheetAsync(own ? $"{path}/mine" : path, own);
        return path;
    }

    /// <summary>The path of a worksheet on which the lead of district X shares answers and an image.</summary>
    public async Task<string> NewSharedWorksheetAsync()
    {
        var path = await NewWorksheetAsync(own: true);
        await PutImageAsync($"{path}/mine", own: true);
        using var lead = Tenant.As(Lead);
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{path}/mine/share", null, "*")).ExpectAsync(HttpStatusCode.OK);
        return path;
    }

    /// <summary>Answers a field of a worksheet.</summary>
    public async Task ChangeWorksheetAsync(string path, bool own)
    {
        using var lead = Tenant.As(Lead);
        await (await (own ? lead : Everything).SendJsonAsync(HttpMethod.Patch, path, NewAnswer(), "*")).ExpectAsync(HttpStatusCode.OK);
    }

    public object NewAnswer() => new { values = new Dictionary<string, string> { ["next"] = Text("Answer") } };

    /// <summary>The path of a new image on the worksheet.</summary>
    public async Task<string> PutImageAsync(string worksheet, bool own = false)
    {
        using var lead = Tenant.As(Lead);
        var answer = await Call.Send(HttpMethod.Put, ImageAddress(worksheet), "image/gif", Gif).SendAsync(own ? lead : Everything, TestContext.Current.CancellationToken);
        Assert.True(answer.Status == 201, answer.Body);
        return $"{worksheet}/images/expect";
    }

    public string ImageAddress(string worksheet) => $"{worksheet}/images/expect?alternativeText={Uri.EscapeDataString(Text("Image"))}";

    /// <summary>The path of the reading of a new run, with a text.</summary>
    public async Task<string> NewReadingAsync()
    {
        var path = $"{await NewRunAsync()}/readings/2";
        await (await Everything.SendJsonAsync(HttpMethod.Put, path, new { text = Text("A passage of") })).ExpectAsync(HttpStatusCode.Created);
        return path;
    }

    /// <summary>The path of a new mark in a new text.</summary>
    public async Task<string> NewAnnotationAsync()
    {
        var path = $"{await NewReadingAsync()}/annotations";
        return $"{path}/{Remember(await Everything.CreateAsync(path, NewAnnotation())).Id()}";
    }

    public object NewAnnotation() => new { sign = "#", rationale = Text("Rationale"), target = new { exact = "A passage" } };
}
