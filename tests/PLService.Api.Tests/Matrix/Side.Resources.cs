using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Fresh resources of district X, each with the canaries in its texts; the school of X and district Y reach none of them.</summary>
internal sealed partial class Side
{
    /// <summary>The code of the tenant's own published instrument.</summary>
    public const string Pulse = "pulse";

    /// <summary>A school of district X beside the one that the child is.</summary>
    public async Task<JsonObject> NewOrganizationAsync() => Remember(await Everything.CreateAsync("/v1/organizations", new
    {
        kind = "school",
        name = Text("School"),
        parentId = DistrictX,
        identifiers = new[] { new { system = "sis", value = Unique() } },
    }));

    /// <summary>A person of district X.</summary>
    public async Task<JsonObject> NewPersonAsync() => Remember(await Everything.CreateAsync("/v1/people", new
    {
        name = Text("Person"),
        email = Address(),
        organizationId = DistrictX,
        position = Text("Position"),
        identifiers = new[] { new { system = "hr", value = Unique() } },
    }));

    /// <summary>The path of a new role in district X.</summary>
    public async Task<string> NewMembershipAsync()
    {
        var person = await NewPersonAsync();
        var made = Remember(await Everything.CreateAsync($"/v1/people/{person.Id()}/memberships", new { role = "viewer", organizationId = DistrictX }));
        return $"/v1/memberships/{made.Id()}";
    }

    /// <summary>An e-mail address of district X.</summary>
    public string Address() => $"{DistrictCanary}.{Unique()}@{Canary}.example.org";

    /// <summary>An identity provider that the tenant trusts for this audience, or for one that nobody else has.</summary>
    public async Task<JsonObject> NewProviderAsync(string? audience = null) =>
        Remember(await Everything.CreateAsync("/v1/identity-providers", await NewProviderDocumentAsync(audience)));

    /// <summary>What such a provider is made of.</summary>
    public async Task<object> NewProviderDocumentAsync(string? audience = null) => new
    {
        name = TenantText("Provider"),
        issuer = (await FakeProvider.SharedAsync()).Issuer,
        audience = audience ?? Unique(),
    };

    /// <summary>The document of an instrument of the tenant, under a new code.</summary>
    public JsonObject NewInstrumentDocument(string? code = null)
    {
        var document = TestInstruments.OneAxis(code ?? "i" + Unique());
        document["title"]!["en"] = TenantText("Instrument");
        return document;
    }

    /// <summary>The path of a new version of a new instrument; published, or a draft.</summary>
    public async Task<string> NewInstrumentVersionAsync(bool published)
    {
        var document = NewInstrumentDocument();
        if (published)
            await Everything.PublishAsync(document);
        else
            await Everything.CreateAsync("/v1/instruments", document);
        _made.Add((string)document["code"]!);
        return $"/v1/instruments/{document["code"]}/versions/1.0";
    }

    /// <summary>The path of a new assessment of district X.</summary>
    public async Task<string> NewAssessmentAsync(bool open = true, string mode = "named")
    {
        var made = Remember(await Everything.CreateAsync("/v1/assessments", new
        {
            instrument = new { code = Pulse },
            organizationId = DistrictX,
            round = "2026-fall",
            title = Text("Assessment"),
            externalId = Unique(),
            mode,
            showsLiveTally = true,
            open,
        }));
        return $"/v1/assessments/{made.Id()}";
    }

    /// <summary>The path of a new assessment that closed with one response.</summary>
    public async Task<string> NewClosedAssessmentAsync()
    {
        var assessment = await NewAssessmentAsync();
        await NewResponseAsync(assessment, submit: true);
        await ChangeAsync(HttpMethod.Post, $"{assessment}/close", assessment);
        return assessment;
    }

    /// <summary>The code by which a new assessment can be joined.</summary>
    public async Task<string> NewJoinCodeAsync() => await JoinCodeOfAsync(await NewAssessmentAsync(mode: "anonymous"));

    /// <summary>The code by which an assessment can be joined.</summary>
    public async Task<string> JoinCodeOfAsync(string assessment) =>
        (string)(await (await Everything.SendJsonAsync(HttpMethod.Post, $"{assessment}/join-code", new { })).ExpectAsync(HttpStatusCode.OK))["code"]!;

    /// <summary>Somebody joins a new assessment of district X, and is <see cref="Participant"/> from then on.</summary>
    public async Task NewParticipantAsync()
    {
        var client = tenant.Anonymous();
        var joined = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { code = await NewJoinCodeAsync() })).ExpectAsync(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)joined["token"]!);
        Participant = client;
    }

    /// <summary>The path of an entry of a new assessment's roster.</summary>
    public async Task<string> NewRosterEntryAsync()
    {
        var participants = $"{await NewAssessmentAsync()}/participants";
        await (await Everything.SendJsonAsync(HttpMethod.Post, participants, new { personIds = new[] { PersonOf(CallerKind.ParticipantOfOwn) } })).ExpectAsync(HttpStatusCode.OK);
        return $"{participants}/{(await Everything.ReadAsync(participants))["items"]![0]!.AsObject().Id()}";
    }

    /// <summary>The path of the reminders of a new assessment whose window closes soon, with one reminder or none.</summary>
    public async Task<string> NewReminderAsync(bool send)
    {
        var assessment = (await NewRosterEntryAsync())[..^50];
        var closesOn = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await (await Everything.SendJsonAsync(HttpMethod.Put, assessment, new { title = Text("Assessment"), round = "2026-fall", mode = "named", roles = Array.Empty<string>(), windowClosesOn = closesOn }, "*"))
            .ExpectAsync(HttpStatusCode.OK);
        if (send)
            Remember(await (await Everything.SendJsonAsync(HttpMethod.Post, $"{assessment}/reminders")).ExpectAsync(HttpStatusCode.OK));
        return $"{assessment}/reminders";
    }

    /// <summary>The path of a new response.</summary>
    public async Task<string> NewResponseAsync(string assessment, bool submit = false) =>
        $"{assessment}/responses/{Remember(await Everything.CreateAsync($"{assessment}/responses", NewResponse(submit))).Id()}";

    public object NewResponse(bool submit = false) => new
    {
        participantKey = $"{DistrictCanary}-{Unique()}",
        ratings = new Dictionary<string, string> { ["A.1"] = "green", ["A.2"] = "yellow", ["B.1"] = "green" },
        comments = new Dictionary<string, string> { ["A.1"] = Text("Comment") },
        submit,
    };

    /// <summary>The path of a new tally, filled in.</summary>
    public async Task<string> NewTallyAsync()
    {
        var tally = $"{await NewAssessmentAsync()}/tallies/{DistrictCanary}-{Unique()}";
        using var put = await Everything.SendJsonAsync(HttpMethod.Put, tally, NewTally);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return tally;
    }

    public static object NewTally => new { participants = 4, counts = new Dictionary<string, object> { ["A.1"] = new { green = 3, yellow = 1 } } };

    /// <summary>A job of district X that nobody picks up today.</summary>
    public async Task<Guid> NewJobAsync()
    {
        var job = Job.Create("matrix", Guid.CreateVersion7(), DistrictX, apiClientId: null, DateTimeOffset.UtcNow.AddYears(1));
        await StoreAsync(job);
        return job.Id;
    }

    /// <summary>The path of an import of district X that nobody picks up today.</summary>
    public async Task<string> NewQueuedImportAsync()
    {
        var id = Guid.CreateVersion7();
        var job = Job.Create("import", id, DistrictX, apiClientId: null, DateTimeOffset.UtcNow.AddYears(1));
        await StoreAsync(job, Import.Receive(
            id, ImportKind.ReadinessRatings, ImportFormat.Csv, "{}", Text("File"), contentEncoding: null, apiClientId: null, DistrictX, idempotencyKey: null, job.Id));
        _made.Add(id.ToString());
        return $"/v1/imports/{id}";
    }

    /// <summary>The path of an import of district X that has ended, well or with an error that carries the canaries.</summary>
    public async Task<string> NewImportAsync(bool good)
    {
        using var district = tenant.Within(DistrictX);
        using var request = new HttpRequestMessage(HttpMethod.Post, ImportAddress) { Content = new StringContent(ImportFile(good), System.Text.Encoding.UTF8, "text/csv") };
        request.Headers.Add("Prefer", "wait=30");
        var made = Remember(await (await district.SendAsync(request, TestContext.Current.CancellationToken)).ExpectAsync(HttpStatusCode.OK));
        Assert.Equal(good ? "completed" : "failed", (string?)made["status"]);
        return $"/v1/imports/{made.Id()}";
    }

    public string ImportAddress => $"/v1/imports?kind=readinessRatings&instrument={Pulse}&round=2026-fall&organizationId={DistrictX}&createAssessments=true&mode=named";

    public string ImportFile(bool good = true) =>
        $"assessment_external_id,participant_key,item_code,level\n{Unique()},{DistrictCanary}-{Unique()},A.1,{(good ? "green" : DistrictCanary)}\n";

    /// <summary>A mail of the tenant that bounced.</summary>
    public Task<Mail> NewMailAsync() => tenant.StoredAsync(async db =>
    {
        var id = Guid.CreateVersion7();
        var token = UnsubscribeTokens.New(tenant.Id, id);
        var mail = Mail.Write(
            id, MailKind.Digest, new MailRecipient($"{Canary}@example.org", TenantText("Name"), null, "en"),
            new MailContent("en", TenantText("Subject"), TenantText("Text"), TenantText("Html")),
            new MailUnsubscription($"http://plservice.test/v1/unsubscribe?token={token}", UnsubscribeTokens.Hash(token)), "example.org", DateTimeOffset.UtcNow);
        mail.Bounce("smtp.550", TenantText("Nobody"));
        _made.Add(id.ToString());
        db.Add(mail);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return mail;
    });

    /// <summary>The ETag that a resource has now.</summary>
    public async Task<string> TagAsync(string path)
    {
        using var response = await Everything.GetAsync(path, TestContext.Current.CancellationToken);
        return response.Headers.ETag?.ToString() ?? throw new InvalidOperationException($"{path} has no ETag: {(int)response.StatusCode}");
    }

    /// <summary>Changes a resource on its present version.</summary>
    public async Task ChangeAsync(HttpMethod method, string path, string resource, object? body = null) =>
        await (await Everything.SendJsonAsync(method, path, body, await TagAsync(resource))).ExpectAsync(HttpStatusCode.OK);

    private static string Unique() => Guid.NewGuid().ToString("N")[..20];

    private Task<int> StoreAsync(Job job, params object[] others) => tenant.StoredAsync(async db =>
    {
        _made.Add(job.Id.ToString());
        db.Add(job);
        db.AddRange(others);
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
